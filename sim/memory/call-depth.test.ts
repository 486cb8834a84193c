import { expect, it } from 'vitest';
import { assemble } from '../wasm/assemble.ts';
import { analyse } from '../wasm/index.ts';
import { deepestPath } from './call-depth.ts';

const calls = (...callees: number[]) => callees.map((f): [string, number] => ['call', f]);

it('adds up the deepest path, not all functions', () => {
  const analysis = analyse(
    assemble([{ export: 'run', body: calls(1, 2) }, { body: calls(3) }, { body: [] }, { body: [] }]),
  );
  expect(deepestPath(analysis, [100, 10, 60, 1])).toBe(160);
  expect(deepestPath(analysis, [100, 10, 5, 1])).toBe(111);
});

it('says nothing of a module that calls itself', () => {
  const analysis = analyse(assemble([{ export: 'run', body: calls(1) }, { body: calls(0) }]));
  expect(deepestPath(analysis, [8, 8])).toBeUndefined();
});
