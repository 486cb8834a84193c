/** A decoded WebAssembly module: what the binary says, with the byte offset of everything that has one. */

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64';

export interface FunctionType {
  params: ValueType[];
  results: ValueType[];
}

export interface Instruction {
  /** Name as in the text format, e.g. "i32.load8_s". */
  name: string;
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
  blockType?: FunctionType;
}

export interface WasmFunction {
  index: number;
  type: FunctionType;
  typeIndex: number;
  /** From the export section, else the name section, else `func[i]`. */
  name: string;
  exports: string[];
  /** Parameters first, then declared locals. */
  locals: ValueType[];
  body: Instruction[];
  /** Offset of the function body's size field, of its first byte (local declarations) and of its end. */
  sizeOffset: number;
  bodyOffset: number;
  endOffset: number;
}

export interface WasmGlobal {
  type: ValueType;
  mutable: boolean;
  /** The constant initialiser, where it is a plain constant. */
  value?: number | bigint;
}

export interface WasmSection {
  id: number;
  /** Offset of the section id, of the contents, and of the end. */
  offset: number;
  contents: number;
  end: number;
}

export interface WasmExport {
  name: string;
  kind: 'function' | 'table' | 'memory' | 'global';
  index: number;
}

export interface DataSegment {
  /** Address for an active segment; undefined for a passive one. */
  address?: number;
  length: number;
}

export interface WasmModule {
  bytes: Uint8Array;
  sections: WasmSection[];
  types: FunctionType[];
  functions: WasmFunction[];
  exports: WasmExport[];
  globals: WasmGlobal[];
  /** Pages of 64 KiB. */
  memory?: { minimum: number; maximum?: number };
  tableSize: number;
  /** Function indexes in element segments: what call_indirect may reach. */
  elements: number[];
  data: DataSegment[];
  start?: number;
  /** URL in the sourceMappingURL section. */
  sourceMapUrl?: string;
}
