/** Cycles of one reading, mispredictions included, on traces of programs that do little else (test/reference/interpreters/programs/scan_*.wat): M4, A7. */
import { describe, expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse } from '../../wasm/index.ts';
import { findCore } from '../../cores/index.ts';
import { scanCost } from './block-cycles.ts';
import { scanWork } from './block-scans.ts';

const times = (n: number, ops: Op[]): Op[] => Array.from({ length: n }, () => ops).flat();

const functionOf = (body: Op[]) =>
  analyse(assemble([{ export: 'run', params: ['i32'], body }] as never)).functions[0]!;

/** As the programs have it: 123 bytes in the block, what `nop` does not fill being `ops`. */
const reading = (ops: Op[], bytes: number) =>
  functionOf([
    ['i32.const', 0],
    ['if', 'void'],
    ['unreachable'],
    ...ops,
    ...times(121 - bytes, [['nop']]),
    ['unreachable'],
    ['end'],
  ]);

describe('reading a block for its end', () => {
  it.each([
    ['nothing but nop', [], 0, 2243, 1303],
    ['8 of i32.const, i32.add', times(8, [['i32.const', 1], ['i32.add']]), 24, 2179, 1415],
    [
      '8 of local.get, i32.const, i32.add, local.set',
      times(8, [['local.get', 0], ['i32.const', 1], ['i32.add'], ['local.set', 0]]),
      56,
      2035,
      1391,
    ],
    [
      '8 of local.get, i32.load, local.get, i32.add',
      times(8, [['local.get', 0], ['i32.load', 4], ['local.get', 0], ['i32.add']]),
      64,
      1939,
      1407,
    ],
    ['8 loads with two bytes of offset', times(8, [['i32.load', 1000]]), 32, 2011, 1247],
    ['4 blocks in each other', [...times(4, [['block', 'void']]), ...times(4, [['end']])], 12, 2499, 1539],
    ['8 blocks behind each other', times(8, [['block', 'void'], ['end']]), 24, 2503, 1651],
    [
      '8 ifs with an else',
      times(8, [['i32.const', 0], ['if', 'void'], ['else'], ['nop'], ['end']]),
      56,
      2567,
      1915,
    ],
  ] as [string, Op[], number, number, number][])(
    'takes what it was traced to: %s',
    (_, ops, bytes, m4, a7) => {
      const f = reading(ops, bytes);
      const cost = (core: string) => scanCost(f, 1, 'wamr-classic', findCore(core));
      expect(cost('cortex-m4')).toBe(m4);
      expect(Math.abs(cost('cortex-a7') / a7 - 1)).toBeLessThan(0.01);
    },
  );

  it('sees each instruction once, and as many turns as kinds change', () => {
    const f = functionOf([
      ['block', 'void'],
      ['local.get', 0],
      ['local.get', 0],
      ['i32.const', 1000],
      ['i32.add'],
      ['br_if', 0],
      ['drop'],
      ['end'],
    ]);
    const { pieces, turns } = scanWork(f, 0);
    expect(Object.fromEntries(pieces)).toEqual({
      '+scan:of-block': 1,
      '+scan:local': 2,
      '+scan:i32.const': 1,
      '+scan:byte': 1,
      '+scan:plain': 2,
      '+scan:branch': 1,
    });
    expect(turns).toBe(6);
  });
});
