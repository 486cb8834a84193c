/** A check report with one case of each verdict, and text that every format must escape. */
import type { CheckReport } from '../check-report.ts';

const budget = (
  budget: 'latencyMs' | 'averageMw',
  value: number,
  limit: number,
  verdict: 'fail' | 'undecided',
) => ({
  budget,
  title: 'x',
  limit,
  actual: { value, low: value / 2, high: value * 2 },
  verdict,
  reason: 'x',
});

export const fixtureCheck: CheckReport = {
  tool: 'escapement 1.2.3',
  kernel: 'pulse/25hz',
  board: 'we-be-class',
  runtime: 'wasm3',
  rateHz: 25,
  verdict: 'fail',
  cases: [
    {
      rule: 'latency',
      title: 'latency',
      verdict: 'fail',
      reason: 'Too slow: 50 % over, "really" <b>&\nnext line, end.',
      budget: budget('latencyMs', 750, 500, 'fail'),
      place: { file: 'my pipeline.json', line: 12, column: 7 },
    },
    {
      rule: 'average-power',
      title: 'average power',
      verdict: 'undecided',
      reason: 'May or may not keep | the limit.',
      budget: budget('averageMw', 45, 45, 'undecided'),
    },
    { rule: 'float-parity', title: 'decisions as in float', verdict: 'pass', reason: 'Agrees.' },
  ],
  notes: ['Latency is *approximate*.'],
};
