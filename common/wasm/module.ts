/** A module as its binary says, decoded leniently: whatever the specification or a proposal allows is data here, and the rules judge it. */

export type NumberType = 'i32' | 'i64' | 'f32' | 'f64';
export type ValueType = NumberType | 'v128' | 'reference';

/** WebAssembly proposals by their usual names; `mvp` is version 1.0. */
export type Feature =
  | 'mvp'
  | 'sign-extension'
  | 'saturating-float-to-int'
  | 'bulk-memory'
  | 'reference-types'
  | 'multi-value'
  | 'tail-call'
  | 'extended-const'
  | 'multi-memory'
  | 'memory64'
  | 'custom-page-sizes'
  | 'simd'
  | 'relaxed-simd'
  | 'threads'
  | 'exceptions'
  | 'gc';

/** `T`: the types of values that may occur, narrower for a reader that refuses the others. */
export interface FunctionType<T extends ValueType = ValueType> {
  params: T[];
  results: T[];
}

export interface Instruction<T extends ValueType = ValueType> {
  /** Name as in the text format, e.g. "i32.load8_s". */
  name: string;
  feature: Feature;
  /** Offset of the first byte in the module, and of the byte after the last one. */
  offset: number;
  end: number;
  /** Index, branch depth, alignment exponent (memory access) or type index (call_indirect). */
  index: number;
  /** Byte offset of a memory access. */
  memoryOffset: number;
  /** Value of a constant. */
  value: number | bigint;
  /** Branch depths of br_table, the default last. */
  labels: number[];
  /** Type of a block, loop or if. */
  blockType?: FunctionType<T>;
}

export interface WasmFunction<T extends ValueType = ValueType> {
  /** In the function index space, imports first. */
  index: number;
  type: FunctionType<T>;
  typeIndex: number;
  /** From the export section, else the name section, else `func[i]`. */
  name: string;
  /** Names under which it is exported. */
  exports: string[];
  /** Parameters first, then declared locals. */
  locals: T[];
  body: Instruction<T>[];
  /** Offset of the body's size field, of its first byte (local declarations) and of its end. */
  sizeOffset: number;
  bodyOffset: number;
  endOffset: number;
}

export type ExternalKind = 'function' | 'table' | 'memory' | 'global' | 'tag';

export interface WasmImport {
  module: string;
  name: string;
  kind: ExternalKind;
  offset: number;
}

export interface WasmGlobal<T extends ValueType = ValueType> {
  type: T;
  mutable: boolean;
  /** The constant initialiser, where it is a plain constant. */
  value?: number | bigint;
  offset: number;
}

export interface WasmExport {
  name: string;
  kind: ExternalKind;
  index: number;
}

export interface WasmMemory {
  /** In pages. */
  minimum: number;
  maximum?: number;
  pageBytes: number;
}

export interface DataSegment {
  /** Address of an active segment; undefined for a passive one or where it is no plain constant. */
  address?: number;
  bytes: Uint8Array;
}

export interface WasmSection {
  id: number;
  /** Of a custom section. */
  name?: string;
  /** Offset of the section id, of the contents, and of the end. */
  offset: number;
  contents: number;
  end: number;
}

export interface WasmModule<T extends ValueType = ValueType> {
  bytes: Uint8Array;
  sections: WasmSection[];
  types: FunctionType<T>[];
  imports: WasmImport[];
  functions: WasmFunction<T>[];
  exports: WasmExport[];
  globals: WasmGlobal<T>[];
  memories: WasmMemory[];
  tables: number;
  /** Function indexes in element segments: what call_indirect may reach. */
  elements: number[];
  data: DataSegment[];
  start?: number;
  /** URL in the sourceMappingURL section. */
  sourceMapUrl?: string;
  /** Features that something outside of function bodies needs, with the byte that needs it. */
  features: Map<Feature, number>;
}

export const importedFunctions = (module: WasmModule): number =>
  module.imports.filter((i) => i.kind === 'function').length;

/** A global that the module exports under `name`. */
export function exportedGlobal(module: WasmModule, name: string): WasmGlobal | undefined {
  const index = module.exports.find((e) => e.kind === 'global' && e.name === name)?.index;
  const imported = module.imports.filter((i) => i.kind === 'global').length;
  return index === undefined ? undefined : module.globals[index - imported];
}
