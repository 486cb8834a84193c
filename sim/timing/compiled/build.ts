/** How wasm2c's C is compiled: what of a build changes the code beside the module itself. */
import type { DivisionCalls, FloatUnit } from '../../cores/core.ts';
import { cores, type Core } from '../../cores/index.ts';

export interface Build {
  /** Every access to linear memory tests its bounds. */
  checked: boolean;
  /** The text is rewritten for firmware: accesses are compiled as the analysis says (`placed`), no asm keeps a load where it is, and nothing counts the depth of calls. */
  rewritten?: boolean;
  /** Runs wherever it is loaded, as programs for Linux do; firmware is linked to fixed addresses. */
  positionIndependent: boolean;
  /** Additions of a shifted register that are preferred to a multiplication by a constant. */
  shiftAdds: number;
  /** Doublings of 64 bits that are preferred to a shift by as many bits. */
  doublings: number;
  /** A branch costs less than computing a condition as a value. */
  cheapBranches: boolean;
  /** What the core computes floating point with. */
  floats: FloatUnit;
  /** Divisions of 32 bits are calls, on a core without a divider. */
  divisionCalls: DivisionCalls | undefined;
  /** What gcc takes storing a register and loading it again for, where an operation is 4. */
  spillCost: number;
  /** And extending a narrow value. */
  extendCost: number;
  /** Instructions that are executed conditionally rather than branched around. */
  skipped: number;
  /** The pipeline that instructions are ordered for, before registers are given and after. */
  scheduler: Core['scheduler'];
}

export const buildFor = (core: Core, checked: boolean, rewritten = false): Build => ({
  checked,
  rewritten,
  positionIndependent: core.positionIndependent,
  shiftAdds: core.shiftAdds,
  doublings: core.doublings,
  cheapBranches: core.cheapBranches,
  floats: core.timing.floats,
  divisionCalls: core.divisionCalls,
  spillCost: core.spillCost,
  extendCost: core.extendCost,
  skipped: core.skipped,
  scheduler: core.scheduler,
});

/** Code as it is flashed. */
export const firmware = (checked: boolean, rewritten = false): Build =>
  buildFor(cores['cortex-m4'], checked, rewritten);

/** Builds that make the same code have the same key. */
export const buildKey = (b: Build): string =>
  [
    b.checked,
    b.rewritten,
    b.positionIndependent,
    b.shiftAdds,
    b.doublings,
    b.cheapBranches,
    b.skipped,
    b.spillCost,
    b.extendCost,
    b.floats,
    b.divisionCalls !== undefined,
    b.scheduler.source,
  ].join(' ');
