/** What a core's data file says: instruction timing in cycles, independent of the clock, every number with its source. */
import type { Sourced } from '../../common/sourced.ts';

export const coreIds = ['cortex-m4', 'cortex-m33', 'cortex-a7', 'cortex-a8'] as const;
export type CoreId = (typeof coreIds)[number];

export type Cycles = Sourced<'cycle'>;

/** Floating-point unit: for single precision, for both, or for both without a pipeline (sim/timing/compiled/float-cycles.ts). */
export type FloatUnit = 'single' | 'double' | 'vfplite';

/** Single issue, in order: a sum of instruction times with a few rules for neighbours. */
export interface SingleIssueTiming {
  kind: 'single-issue';
  /** A load; one right behind another load overlaps a cycle with it. */
  load: Cycles;
  storeImmediate: Cycles;
  storeRegisterOffset: Cycles;
  multiply: Cycles;
  divide: Cycles;
  /** An address that the instruction just before computes. */
  addressStall: Cycles;
  /** A taken branch beside its own cycle, to a 16-bit or aligned target; a misaligned 32-bit target costs one more. */
  branchRefill: Cycles;
  tableBranch: Cycles;
  /** A core whose second stage of execution shows, and where branches go beside other instructions. */
  secondStage?: SecondStage;
  floats: FloatUnit;
}

/** What results cost that come from a second stage of execution (loads, products, operands that are shifted on their way), and branches beside 16-bit instructions. */
export interface SecondStage {
  /** Cycles until such a result is there for whoever does not take it in that stage. */
  result: Cycles;
  /** Cycles of a taken branch: beside a 16-bit instruction that sets no flags, and anywhere else. One that is not taken takes 0 beside such an instruction and else 1. */
  takenBeside: Cycles;
  taken: Cycles;
}

/** Two instructions a cycle, in order, with a scoreboard of results under way. */
export interface DualIssueTiming {
  kind: 'dual-issue';
  loadLatency: Cycles;
  multiplyLatency: Cycles;
  /** Cycles that a division keeps the divider, and until its result is there. */
  divideIssue: Cycles;
  divideLatency: Cycles;
  shiftLatency: Cycles;
  mispredict: Cycles;
  /** Indirect jumps whose last target is remembered, and branches of history behind each conditional prediction. */
  predictor: { targets: number; historyBits: number; source: string };
  /** Where sources are needed and results are there, for a core whose manual says so; without it only simple instructions with an immediate go second. */
  stages?: Stages;
  floats: FloatUnit;
}

/** Stages of execution, counted from 1: a source is needed at the beginning of one, a result is there at the end of one. */
export interface Stages {
  /** `added`: what a product is added to, in the second of its cycles. */
  needs: Record<'address' | 'multiplied' | 'shifted' | 'operand' | 'stored' | 'added', Cycles>;
  gives: Record<'move' | 'operation' | 'base' | 'loaded' | 'product', Cycles>;
  /** Cycles in which a product begins: of 16 bits, of 32, of 64. */
  productIssue: Record<'half' | 'word' | 'long', Cycles>;
}

/** Calls that divide 32 bits on a core without a divider. */
export type DivisionCalls = Record<'div_s' | 'div_u' | 'rem_s' | 'rem_u', Cycles>;

export interface Core {
  id: CoreId;
  name: string;
  timing: SingleIssueTiming | DualIssueTiming;
  /** Runs an operating system whose programs are position-independent (Debian's gcc compiles them so unless it is told not to). */
  positionIndependent: boolean;
  /** Additions of a shifted register that gcc prefers to a multiplication by a constant (costs in its config/arm/aarch-cost-tables.h; each checked by compiling multiples). */
  shiftAdds: number;
  /** Doublings of 64 bits, each an adds and an adc, that gcc prefers to a shift by as many bits (its rtx costs). */
  doublings: number;
  /** gcc's BRANCH_COST is below 4 (arm_cortex_m_branch_cost in its config/arm/arm.cc: 1 for speed; arm_default_branch_cost: 4). */
  cheapBranches: boolean;
  /** What gcc takes storing a register and loading it again for, where an operation is 4 (target_spill_cost of its dumps). */
  spillCost: number;
  /** What gcc takes extending a narrow value for. */
  extendCost: number;
  /** Of a core without a divider: cycles of the calls in its place. */
  divisionCalls?: DivisionCalls;
  /** Instructions that gcc executes conditionally rather than branching around them (max_insns_skipped of the core's tune_params in its config/arm/arm.cc). */
  skipped: number;
  /** Which published pipeline description gcc schedules by for this core. */
  scheduler: {
    /** Whose units and latencies; `plain`: the latencies below and `issue` instructions a cycle. */
    description: 'cortex-m4' | 'cortex-a7' | 'cortex-a8' | 'plain';
    load: number;
    multiply: number;
    divide: number;
    shift: number;
    alu: number;
    /** Of copies, constants in registers and shifts by a register, where they differ. */
    move?: number;
    /** What takes longer than a load keeps the core as long, not only a division. */
    blocks?: boolean;
    /** Instructions that may begin in one cycle. */
    issue: number;
    floats: FloatUnit;
    source: string;
  };
  /**
   * A core whose timing nothing confirms: the factor on its cycles and its range.
   */
  unconfirmed?: Sourced<'ratio'>;
}

/** Cycles from one source. */
export const cyclesFrom =
  (kind: Sourced['kind'], source: string) =>
  (value: number, range?: { low: number; high: number }): Cycles => ({
    value,
    unit: 'cycle',
    kind,
    source,
    ...range,
  });
