import { describe, expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { buildFlowGraph } from './build-flow-graph.ts';

const more = (by: number): Op[] => [['local.get', 0], ['i32.const', by], ['i32.add'], ['local.set', 0]];

/** do { first; inner; store8(i + 512, 0); i += 2 } while (i < 90) */
function flow(first: Op[], inner: Op[]) {
  const body: Op[] = [
    ['loop', 'void'],
    ...first,
    ['loop', 'void'],
    ...inner,
    ['end'],
    ['local.get', 0],
    ['i32.const', 0],
    ['i32.store8', 512],
    ...more(2),
    ['local.get', 0],
    ['i32.const', 90],
    ['i32.lt_u'],
    ['br_if', 0],
    ['end'],
    ['local.get', 0],
  ];
  const analysis = analyse(
    assemble([{ export: 'run', params: ['i32'], results: ['i32'], locals: ['i32'], body }]),
  );
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (i: number) => number)(0);
  });
  const { blocks } = buildFlowGraph(analysis, counts, analysis.functions[0]!);
  return {
    loops: new Set(blocks.flatMap((b) => b.nest)).size,
    copied: blocks.filter((b) => b.rotated).length,
  };
}

const above: Op[] = [['local.get', 0], ['i32.load8_u', 0], ['i32.const', 50], ['i32.gt_u']];
const tested: Op[] = [...above, ['if', 'void'], ...more(1), ['br', 1], ['end']];

// gcc 12.2 -O2 -mcpu=cortex-m4 without checks, of the opposite comparison
describe('a loop at the start of another', () => {
  // .L4: ldr r3, [ip]; ldrb r2, [r3, r0]; cmp r2, #49; bls .L12; ... .L12: adds r0, #1; b .L4: no pointer of its own, no test before it
  it('is the same loop where it tests at its top', () => {
    expect(flow([], tested)).toEqual({ loops: 1, copied: 0 });
  });

  // ldrb r2, [r0, r1]; cmp r2, #49; bhi .L5; .L6: ldrb r2, [r3, #1]!; cmp r2, #49; bls .L6
  it('is one of its own behind anything', () => {
    expect(flow(more(1), tested)).toEqual({ loops: 2, copied: 1 });
  });

  it('is the same loop where both carry what it left', () => {
    expect(flow([], [...more(1), ...above, ['br_if', 0]]).loops).toBe(2);
    const body: Op[] = [
      ['local.get', 1],
      ['i32.const', 3],
      ['i32.add'],
      ['local.tee', 1],
      ['i32.const', 60],
      ['i32.lt_u'],
      ['br_if', 0],
    ];
    expect(flow([], body).loops).toBe(1);
  });
});
