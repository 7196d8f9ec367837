/** Emscripten's module factories, built by CMake. Their functions are typed in core-module.ts. */
declare module '*/backprop.mjs' {
  import type { ModuleFactory } from './start-core';
  const createModule: ModuleFactory;
  export default createModule;
}
declare module '*/backprop-graphs.mjs' {
  import type { ModuleFactory } from './start-core';
  const createModule: ModuleFactory;
  export default createModule;
}
