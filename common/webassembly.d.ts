/** The part of the WebAssembly JavaScript interface that we use; Node's typings leave it to the DOM library. */
declare namespace WebAssembly {
  type ValueType = 'i32' | 'i64' | 'f32' | 'f64';
  interface ModuleExportDescriptor {
    name: string;
    kind: 'function' | 'global' | 'memory' | 'table';
  }
  class Module {
    constructor(bytes: Uint8Array | ArrayBuffer);
    static exports(module: Module): ModuleExportDescriptor[];
    static imports(module: Module): { module: string; name: string; kind: string }[];
    static customSections(module: Module, name: string): ArrayBuffer[];
  }
  class Instance {
    constructor(module: Module, imports?: Record<string, Record<string, unknown>>);
    readonly exports: Record<string, unknown>;
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number });
    readonly buffer: ArrayBuffer;
  }
  class Global<T = unknown> {
    constructor(descriptor: { value: ValueType; mutable?: boolean }, value?: T);
    value: T;
  }
  class RuntimeError extends Error {}
  class CompileError extends Error {}
  function validate(bytes: Uint8Array | ArrayBuffer): boolean;
}
