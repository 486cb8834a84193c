/** What a runtime's data file says. */
import type { Sourced } from '../../common/sourced.ts';
import type { OperatorClass } from '../wasm/operator-class.ts';

export const runtimeIds = [
  'wasm3',
  'wamr-classic',
  'wamr-fast',
  'wasm2c',
  'wasm2c-unchecked',
  'wamr-aot',
] as const;
export type RuntimeId = (typeof runtimeIds)[number];

export interface Runtime {
  id: RuntimeId;
  name: string;
  kind: 'interpreter' | 'compiled';
  execution: Execution;
  /** A runtime that nothing confirms: the factor on its cycles and its range. */
  unconfirmed?: Sourced<'ratio'>;
  memory: RuntimeMemory;
}

export type Execution =
  /** Compiled ahead of time through C; `checked`: every access tests its bounds. */
  | { kind: 'compiled'; checked: boolean }
  /** Cycles of one operator by class, on the cores that have a reference. */
  | { kind: 'interpreted'; operatorCycles: Record<'cortex-m4' | 'cortex-a7', OperatorCycles> };

/** Cycles by operator class; classes that are absent cost nothing. */
export type OperatorCycles = Partial<Record<OperatorClass, number>>;

export interface RuntimeMemory {
  /** Machine code of the runtime itself. */
  codeFlash: Sourced<'byte'>;
  /** RAM beside linear memory that does not depend on the kernel: pools, stacks, tables. */
  fixedRam: Sourced<'byte'>;
  /** RAM for what the runtime makes of the kernel's code, per byte of the code section. */
  translatedRamPerCodeByte?: Sourced<'ratio'>;
  /** Whether the module's bytes stay in flash. Otherwise machine code does. */
  keepsModule: boolean;
  /** Linear memory is a whole number of 64 KiB pages, unless a rule shrinks it. */
  pages: 'heap-base' | 'custom-page-size' | 'exact';
}
