import { expect, it } from 'vitest';
import { assemble, type Op } from '../wasm/assemble.ts';
import { findCore } from '../cores/index.ts';
import { findRuntime } from '../runtimes/index.ts';
import { scanCost } from '../timing/interpreted/block-cycles.ts';
import { analyse, type BlockCounts } from '../wasm/index.ts';
import { rescans } from './rescans.ts';

/** As many ifs as that, 64 bytes from one to the next, so that they share a place; and one beside them. */
const ifs = (many: number) => {
  const nops: Op[] = Array.from({ length: 59 }, () => ['nop']);
  const one: Op[] = [['local.get', 0], ['if', 'void'], ...nops, ['end']];
  const body: Op[] = [
    ...Array.from({ length: many }, () => one).flat(),
    ['nop'],
    ['local.get', 0],
    ['if', 'void'],
    ['nop'],
    ['end'],
  ];
  return analyse(assemble([{ export: 'run', params: ['i32'], body }] as never));
};

const core = findCore('cortex-m4');
const classic = findRuntime('wamr-classic');

it('reads a block again each time, where more share its place than it holds', () => {
  const analysis = ifs(3);
  const f = analysis.functions[0]!;
  const at = f.wasm.body.findIndex(({ name }) => name === 'if');
  const { id: block } = f.blocks.find(({ first, last }) => first <= at && at < last)!;
  const counts: BlockCounts = { blocks: [f.blocks.map(() => 4)] };
  const whole = scanCost(f, at, 'wamr-classic', core);
  expect(rescans(analysis, counts, core, classic)(0, block)).toBe(whole);
  // A quarter of its runs read it when it was counted: that is in its cycles.
  const seen = { ...counts, scans: [{ f: 0, at, block, scans: 1 }] };
  expect(rescans(analysis, seen, core, classic)(0, block)).toBe(0.75 * whole);
  const alone = f.blocks.findLast(({ first, last }) =>
    f.wasm.body.slice(first, last).some(({ name }) => name === 'if'),
  )!;
  expect(rescans(analysis, counts, core, classic)(0, alone.id)).toBe(0);
});

it('reads nothing where a place holds its blocks, or the runtime has no table', () => {
  for (const [analysis, runtime] of [
    [ifs(2), classic],
    [ifs(3), findRuntime('wamr-fast')],
  ] as const) {
    const { blocks } = analysis.functions[0]!;
    const again = rescans(analysis, { blocks: [blocks.map(() => 1)] }, core, runtime);
    expect(blocks.map(({ id }) => again(0, id))).toEqual(blocks.map(() => 0));
  }
});
