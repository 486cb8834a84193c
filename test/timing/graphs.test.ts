import { expect, it } from 'vitest';
import { countKernel } from '../../scripts/comparisons.ts';
import { findCore } from '../../sim/cores/index.ts';
import { buildFor } from '../../sim/timing/compiled/build.ts';
import { optimizedGraphs } from '../../sim/timing/compiled/compile.ts';
import { referenceKernel, referenceKernels } from '../reference/tools/kernels.ts';
import { heldToModule } from './graphs/hold.ts';
import { misplaced } from './graphs/verify.ts';

/**
 * Each of these was computed otherwise by a pass once: phis of 64 bits that were taken for 32 (spo2ratio), values served by a variable ahead of its step (zigzag), of two sums in the wrong
 * order (aesround), by a symbolic step once too often (bumerge), a counter that was stepped behind its test (timerheap), accesses before what they use (oemerge, xteacbc), masks
 * that belonged to a store (gruelem), a test of the round before taken for this one's (somgrid), one that some rounds skip for the end of a count (gfskdemod), and switches whose cases were no longer told apart (dispatch).
 */
const once = [
  'spo2ratio',
  'zigzag',
  'aesround',
  'bumerge',
  'timerheap',
  'oemerge',
  'xteacbc',
  'gruelem',
  'somgrid',
  'gfskdemod',
  'dispatch',
];
/** And every so many others; scripts/hold-graphs.ts takes all. */
const apart = 24;

const sample = [
  ...new Set([
    ...once,
    ...referenceKernels()
      .filter((k, i) => i % apart === 0 && k.takesCount)
      .map(({ name }) => name),
  ]),
];

it.each(sample)('computes by its graphs, behind all passes, what %s does', (name) => {
  const kernel = referenceKernel(name);
  const counted = countKernel(kernel, [1, 3]);
  for (const [checked, rewritten] of [
    [true, false],
    [false, false],
    [false, true],
  ] as const)
    for (const core of ['cortex-a7', 'cortex-m4'])
      expect(heldToModule(kernel, counted, buildFor(findCore(core), checked, rewritten), 1)).toBeNull();
});

it('sees a value that is wrong, and one that is read before it is made', () => {
  const kernel = referenceKernel('zigzag');
  const counted = countKernel(kernel, [1, 3]);
  const build = buildFor(findCore('cortex-m4'), false);
  const all = optimizedGraphs(counted.analysis, counted.counts, build);
  const g = all.graphs.get(0)!;
  const b = g.blocks.find(({ nodes }) => nodes.some((n) => n.op === 'xor'))!;
  const changed = b.nodes.find((n) => n.op === 'xor')!;
  changed.op = 'or';
  expect(heldToModule(kernel, counted, build, 1, () => all)).toMatch(/^(result|memory)/);
  expect(misplaced(g)).toBeNull();
  b.nodes.splice(b.nodes.indexOf(changed), 1);
  b.nodes.push(changed);
  expect(misplaced(g)).toMatch(/before it is made/);
});
