import { describe, expect, it } from 'vitest';
import type { Block, Program, Stage } from '../emit/program.ts';
import { drawPlan, slotLines } from './draw.ts';
import { planMemory } from './plan.ts';
import { planView } from './view.ts';

const block = (name: string, kind: Block['kind'], length: number): Block => ({
  name,
  kind,
  length,
  type: 'i16',
  note: 'n',
  ...(kind === 'constant' ? { data: new Int16Array(length) } : {}),
});
const stage = (name: string, blocks: string[], parallel?: Stage['parallel']): Stage => ({
  ...{ name, title: name, blocks, uses: {}, body: [], returns: 'void', macs: 0, proofs: [] },
  parallel,
  run: () => {},
});

const program: Program = {
  name: 'p',
  blocks: [
    block('w', 'constant', 8),
    block('x', 'io', 4),
    block('a', 'buffer', 4),
    block('b', 'buffer', 4),
    block('c', 'buffer', 4),
  ],
  stages: [
    stage('one', ['x', 'w', 'a']),
    stage('left', ['a', 'b'], { group: 0, branch: 0 }),
    stage('right', ['a'], { group: 0, branch: 1 }),
    stage('last', ['b', 'c']),
  ],
  entries: [],
};

const view = planView(planMemory(program), program);

describe('the drawing of a memory plan', () => {
  it('marks for which slots a buffer matters, rows by address, no column twice at one address', () => {
    expect(drawPlan(view)).toEqual([
      '  address     bytes  1 2 3  what',
      '       24        16  # # #  constants',
      '       40         8  # # #  input and output of the host',
      '       48         8  # # .  a: n',
      '       48         8  . . #  c: n',
      '       56         8  . # #  b: n',
    ]);
  });

  it('is data too: bytes in use, and what sharing saved', () => {
    // 24 bytes of buffers in two places of 8: one of them is lent twice.
    expect(view).toMatchObject({ bytes: 64, bufferBytes: 16, bufferBytesUnshared: 24 });
    expect(view.rows.map(({ kind, first, last }) => [kind, first, last])).toEqual([
      ['constants', 0, 2],
      ['io', 0, 2],
      ['buffer', 0, 1],
      ['buffer', 2, 2],
      ['buffer', 1, 2],
    ]);
  });

  it('says which stages a slot stands for', () => {
    expect(slotLines(view)).toEqual(['  1  one', '  2  left | right', '  3  last']);
  });
});
