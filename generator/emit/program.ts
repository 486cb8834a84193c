import type { AccumulatorProof } from '../../kernel/evidence.ts';
import type { Profile } from './profile.ts';
import type { IntegerType } from '../quantize/format.ts';

/**
 * A kernel before it has addresses: named memory blocks, stages that read and write them, and the entries
 * that the host calls. Model layers and pipeline steps (filters, normalisation, decisions) all become stages,
 * so layout, emission, compilation, the integer reference and timing each exist once.
 */
export interface Program {
  name: string;
  /** For whom the code is shaped; `aot` unless given. */
  profile?: Profile;
  blocks: Block[];
  stages: Stage[];
  entries: Entry[];
}

export interface Block {
  /** Unique, an AssemblyScript identifier, e.g. `lstm_forward_weights`. */
  name: string;
  type: IntegerType;
  length: number;
  /**
   * constant: in the module's data segment, never written.
   * state: survives between calls (filter states, window, templates); zero at start and after reset().
   * io: the host reads or writes it between calls, so its address is never shared.
   * buffer: lives from the first stage that touches it to the last one; may share addresses.
   */
  kind: 'constant' | 'state' | 'io' | 'buffer';
  /** Initial values of a constant. */
  data?: Int8Array | Int16Array | Int32Array | BigInt64Array;
  /** One line for the generated source: shape, format, meaning. */
  note: string;
  /** Real value of one integer step, where the block holds real numbers. */
  scale?: number;
  /** The same element by element, where elements have units of their own (features of a window). */
  scales?: readonly number[];
}

export interface Stage {
  /** Unique AssemblyScript identifier; also the export's name, e.g. `model_lstm_head_rnn`. */
  name: string;
  /** What a reader of the report sees: the layer's name in the model, or the pipeline step. */
  title: string;
  /** Block names that this stage touches (constants included): liveness and address constants come from it. */
  blocks: string[];
  /** Symbols that the body uses from the AssemblyScript library, by file in `assembly/` without suffix. */
  uses: Record<string, string[]>;
  /** Functions that only this stage's body calls. */
  functions?: readonly StageFunction[];
  /** Function body in AssemblyScript. A block's address is the constant `$name` for block `name`. */
  body: string[];
  /** Whether the body returns an i32. */
  returns: 'void' | 'i32';
  /** Multiply-accumulates of one call. */
  macs: number;
  /** Work that is done twice to keep less: see layers/recurrent/attended.ts. */
  recomputed?: StageRecomputation;
  proofs: AccumulatorProof[];
  parallel?: { group: number; branch: number };
  /** The integer reference: the same arithmetic, bit for bit, on the same blocks. */
  run(memory: IntegerMemory): number | void;
}

export interface StageRecomputation {
  segmentSteps: number;
  /** Multiply-accumulates beside those of the model. */
  macs: number;
  /** Bytes that the buffers are smaller than with all states kept. */
  savedBytes: number;
}

/** A function of the kernel that is not exported: source lines, with the comment above it. */
export interface StageFunction {
  name: string;
  lines: readonly string[];
}

/** Blocks as typed arrays, for the integer reference. Throws on an unknown name or a wrong type. */
export interface IntegerMemory {
  i8(block: string): Int8Array;
  i16(block: string): Int16Array;
  i32(block: string): Int32Array;
  i64(block: string): BigInt64Array;
}

/** An exported function that calls stages in order and returns what the last one returns. */
export interface Entry {
  name: 'push' | 'sample' | 'prepare' | 'model' | 'decide' | 'infer' | 'enrol';
  stages: string[];
}
