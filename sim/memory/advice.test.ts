import { expect, it } from 'vitest';
import { loadBoard } from '../../boards/load.ts';
import { memoryChecks } from '../budget/check-budgets.ts';
import { memoryAdvice } from './advice.ts';
import { memoryItem } from './item.ts';

const board = { ...loadBoard('we-be-class') };
const free = (bytes: number) => ({
  availableBytes: { value: bytes, unit: 'B' as const, kind: 'assumed' as const, source: 'test' },
});
board.memory = {
  flash: { ...board.memory.flash, ...free(1e6) },
  ram: { ...board.memory.ram, ...free(60_000) },
};

const items = [
  memoryItem('linear memory', { ram: 65_536 }, 'measured', 'whole 64 KiB pages'),
  memoryItem('code', { flash: { value: 100, low: 90, high: 120 } }, 'model', 'test'),
];

it('names the rule, the runtime that needs less, and what constants cost', () => {
  const checks = memoryChecks(board, items);
  expect(checks.map((c) => c.verdict)).toEqual(['pass', 'fail']);
  const advice = memoryAdvice({
    board,
    runtime: 'wasm2c',
    checks,
    items,
    constantBytes: 40_000,
    under: (id) => [memoryItem('all', { ram: id === 'wamr-fast' ? 50_000 : 90_000 }, 'model', id)],
  }).join('\n');
  expect(advice).toContain('RAM on');
  expect(advice).toContain('__heap_base');
  expect(advice).toContain('39.1 KiB of RAM less');
  expect(advice).toContain('Under WAMR fast interpreter it takes 48.8 KiB instead of 64 KiB, which fits.');
});

it('leaves the verdict open where the band of a figure holds the limit', () => {
  const wide = [
    memoryItem('code', { ram: { value: 59_000, low: 50_000, high: 70_000 } }, 'model', 'a guess'),
  ];
  const ram = memoryChecks(board, wide)[1]!;
  expect(ram.verdict).toBe('undecided');
  expect(ram.reason).toContain('The band owes most to code: a guess.');
});

it('says nothing when everything fits', () => {
  const small = [memoryItem('all', { ram: 10 }, 'model', 'test')];
  const checks = memoryChecks(board, small);
  expect(
    memoryAdvice({ board, runtime: 'wasm3', checks, items: small, constantBytes: 0, under: () => small }),
  ).toEqual([]);
});
