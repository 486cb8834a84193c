import { describe, expect, it } from 'vitest';
import { listBoards, loadBoard } from '../../boards/load.ts';
import { memoryLaw } from './law.ts';

describe('the law by which waiting for memory is counted', () => {
  it('is a published factor where a chip says nothing of its flash, and says what kind of number that is', () => {
    const { kind, sentence } = memoryLaw(loadBoard('we-be-class'));
    expect(kind).toBe('factor');
    expect(sentence).toContain('1.03 [1..1.2] (model)');
    expect(sentence).not.toContain('measured');
  });

  it('follows addresses on every watch whose caches are known', () => {
    expect(memoryLaw(loadBoard('sony-smartwatch-3'))).toMatchObject({ kind: 'followed' });
    expect(memoryLaw(loadBoard('sony-smartwatch-3')).sentence).toMatch(/KiB of L1 and .* KiB of L2/);
  });

  it('is named for every board', () => {
    for (const board of listBoards()) expect(memoryLaw(board).sentence.length).toBeGreaterThan(20);
  });

  it('counts nothing where nothing is known', () => {
    const board = loadBoard('sony-smartwatch-3');
    const { caches: _, ...memory } = board.memory;
    expect(memoryLaw({ ...board, memory }).kind).toBe('not counted');
  });
});
