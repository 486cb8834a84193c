import type { Estimate } from '../../../common/estimate.ts';
import type { SelfTestReport } from '../../../generator/firmware/selftest/self-test.ts';

/** What `escapement selftest --json` prints; its schema is generated into `schemas/selftest.schema.json`. */
export interface SelfTestResult extends SelfTestReport {
  /** Pipeline and variant, e.g. "pulse/25hz". */
  kernel: string;
  rateHz: number;
  /** Where the windows are from. */
  source: string;
  predicted: {
    /** Core of the simulator that stands for the target. */
    core: string;
    /** Share of the memory accesses of an inference that keep a bounds check. */
    checkedShare: number;
    inference: InstructionComparison;
    push?: InstructionComparison;
  };
}

export interface InstructionComparison {
  /** By the simulator's compiled-code model, on the same windows; with the band that its cycles carry. */
  predicted: Estimate;
  /** Counted in QEMU, mean of a call; the host code around it included, which a prediction knows nothing of. */
  executed: number;
  /** executed / predicted */
  ratio: number;
  /** Whether the executed count lies in the band. */
  within: boolean;
}
