/** prepare(), second half where features go to the model as they are: i32 to i16 by 14 bits. See assembly/feature-scale.ts. */
import { roundShift, saturate16 } from '../stages/integer.ts';
import type { StagePart } from '../stages/part.ts';
import { FEATURES_BLOCK } from './features-stage.ts';

/** Features have so many bits more than the model's input. */
export const NARROWING_BITS = 14;
/** Larger features saturate anyway, and leave no room for the rounding half. */
const LARGEST = 0x7fffffff - 2 ** (NARROWING_BITS - 1);

export function narrowStage(count: number, output: string): StagePart {
  return {
    blocks: [],
    stage: {
      name: 'signal_narrow',
      title: 'bring features to 16 bits',
      blocks: [FEATURES_BLOCK, output],
      uses: { 'feature-scale': ['narrowFeatures'] },
      body: [`narrowFeatures($${FEATURES_BLOCK}, ${count}, $${output});`],
      returns: 'void',
      macs: 0,
      proofs: [],
      run(memory) {
        const target = memory.i16(output);
        memory.i32(FEATURES_BLOCK).forEach((feature, i) => {
          target[i] = saturate16(roundShift(BigInt(Math.min(feature, LARGEST)), BigInt(NARROWING_BITS)));
        });
      },
    },
  };
}
