/** What a runtime's data file says. */
import type { Sourced } from '../../common/sourced.ts';
import type { EndTable } from '../wasm/index.ts';

export const runtimeIds = [
  'wasm3',
  'wamr-classic',
  'wamr-fast',
  'wasm2c',
  'wasm2c-unchecked',
  'wamr-aot',
] as const;
/** Runtimes that a module is simulated under, and what `escapement export` makes of wasm2c's code for one of our own kernels. */
export type RuntimeId = (typeof runtimeIds)[number] | 'wasm2c-firmware';

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
  /** Compiled ahead of time through C; `checked`: every access tests its bounds; `rewritten`: access by access as `escapement export` does. */
  | { kind: 'compiled'; checked: boolean; rewritten?: boolean }
  /** Handler by handler: see sim/timing/interpreted. `ends`: it reads code for where blocks end, and keeps that in a table. */
  | { kind: 'interpreted'; ends?: EndTable };

export interface RuntimeMemory {
  /** Machine code of the runtime itself. */
  codeFlash: Sourced<'byte'>;
  /** RAM beside linear memory that does not depend on the kernel: pools, stacks, tables. */
  fixedRam: Sourced<'byte'>;
  /** RAM for a module's structures: of any module, and for each of its functions. */
  structures?: { module: Sourced<'byte'>; eachFunction: Sourced<'byte'> };
  /** The interpreter's own stack, as the firmware bundle configures it. */
  wasmStack?: Sourced<'byte'>;
  /** Native stack below the call of the kernel: at any time, for each call that is open, for each loop of an open function. */
  nativeStack?: { base: Sourced<'byte'>; eachCall: Sourced<'byte'>; eachLoop: Sourced<'byte'> };
  /** Whether the module's bytes stay in flash. Otherwise machine code does. */
  keepsModule: boolean;
  /** Linear memory is a whole number of 64 KiB pages, unless a rule shrinks it. */
  pages: 'heap-base' | 'custom-page-size' | 'exact';
}
