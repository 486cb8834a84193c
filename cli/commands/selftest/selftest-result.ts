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
    /** Runtime and core of the simulator that stand for the code under test. */
    runtime: string;
    core: string;
    inference: InstructionComparison;
    push?: InstructionComparison;
  };
}

export interface InstructionComparison {
  /** By the simulator's compiled-code model, on the same windows; with the band that its cycles carry. */
  predicted: Estimate;
  /** Counted in QEMU, mean of a call. */
  executed: number;
  /** executed / predicted */
  ratio: number;
  /** Whether the executed count lies in the band. */
  within: boolean;
}
