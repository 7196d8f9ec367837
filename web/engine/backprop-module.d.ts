/** Emscripten's module factory, built by CMake. Its functions are typed in core-module.ts. */
declare module '*/backprop.mjs' {
  export interface FactoryOptions {
    readonly wasmBinary?: ArrayBuffer | Uint8Array;
    readonly locateFile?: (name: string) => string;
  }
  const createModule: (options?: FactoryOptions) => Promise<unknown>;
  export default createModule;
}
