/** What a runtime's data file says. */
import type { Sourced } from '../../common/sourced.ts';

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
  /** How far other builds of the same sources lie from the one that was measured. */
  builds?: Sourced<'ratio'>;
  memory: RuntimeMemory;
}

export type Execution =
  /** Compiled ahead of time through C; `checked`: every access tests its bounds. */
  | { kind: 'compiled'; checked: boolean }
  /** Handler by handler: see sim/timing/interpreted. */
  | { kind: 'interpreted' };

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
