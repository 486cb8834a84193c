import { describe, expect, it } from 'vitest';
import { table } from './table.ts';
import { displayWidth } from './width.ts';

describe('table', () => {
  it('aligns numbers right and text left, headers at the foot of their row', () => {
    const lines = table(
      [{ header: '' }, { header: 'latency\nms', align: 'right' }],
      [
        ['wasm3', '5880'],
        ['手', '7'],
      ],
    );
    expect(lines).toEqual([
      '       latency',
      '            ms',
      '─────  ───────',
      'wasm3     5880',
      '手           7',
    ]);
    expect(displayWidth(lines[3]!)).toBe(displayWidth(lines[4]!));
  });

  it('lets a cell span columns, widening the last when it must', () => {
    const columns = ['a', 'b', 'c'].map((header) => ({ header, align: 'right' as const }));
    expect(
      table(columns, [
        ['1', '2', '3'],
        [{ text: 'cost only', span: 2 }, 'x'],
      ]),
    ).toEqual(['a       b  c', '─  ──────  ─', '1       2  3', 'cost only  x']);
  });

  it('draws cells of several lines', () => {
    expect(
      table([{ header: 'board' }, { header: 'x' }], [['sony-\nwatch', '✗ 1 s\nlatency']], { gap: 1 }),
    ).toEqual(['board x', '───── ───────', 'sony- ✗ 1 s', 'watch latency']);
  });
});
