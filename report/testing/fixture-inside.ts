/** A memory plan and proofs of the usual shape, with invented figures. */
import type { KernelSummary } from '../run-report.ts';

export function fixtureInside(
  constantBytes: number,
  steps: number,
): Pick<KernelSummary, 'plan' | 'proofs' | 'tableErrors'> {
  const states = steps * 128;
  const state = 24 + constantBytes;
  const io = state + 472;
  const buffers = io + 248;
  return {
    plan: {
      bytes: buffers + states + 512,
      bufferBytes: states + 512,
      bufferBytesUnshared: states + 528,
      slots: ['filter', 'lstm, score', 'head'],
      rows: [
        { address: 24, bytes: constantBytes, kind: 'constants', first: 0, last: 2, what: 'constants' },
        { address: state, bytes: 472, kind: 'state', first: 0, last: 2, what: 'state' },
        { address: io, bytes: 248, kind: 'io', first: 0, last: 2, what: 'input and output of the host' },
        { address: buffers, bytes: states, kind: 'buffer', first: 1, last: 1, what: `states: ${steps} x 64` },
        { address: buffers, bytes: 16, kind: 'buffer', first: 2, last: 2, what: 'head_sums: four rows' },
        { address: buffers + states, bytes: 512, kind: 'buffer', first: 1, last: 2, what: 'out: 1 x 128' },
      ],
    },
    proofs: [
      { where: 'lstm, accumulator, gate g of unit 5', worstCase: 2.172e8, limit: 2 ** 31 },
      { where: 'attention score', worstCase: 2.145e9, limit: 2 ** 31 },
    ],
    tableErrors: [
      { function: 'tanh', inputs: 65536, largest: 7.65e-5, at: 0.5 },
      { function: 'sigmoid', inputs: 65536, largest: 3.83e-5, at: 1 },
    ],
  };
}
