/** Emscripten's module factories, built by CMake. Their functions are typed in core-module.ts. */
declare module '*/backprop.mjs' {
  const createModule: import('./start-core').ModuleFactory;
  export default createModule;
}
declare module '*/backprop-graphs.mjs' {
  const createModule: import('./start-core').ModuleFactory;
  export default createModule;
}
