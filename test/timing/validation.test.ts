/** The published errors are current, and the targets that are met stay met. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareAll, groupsOf } from '../../scripts/comparisons.ts';
import { generate } from '../../scripts/validation.ts';

const median = (errors: readonly number[]): number =>
  errors.map(Math.abs).sort((a, b) => a - b)[Math.floor(errors.length / 2)];

describe('the cycle model against the reference', () => {
  // Compiles every kernel of the reference for every core and build: a minute, so once, and before the tests are named.
  const groups = groupsOf(compareAll());
  const pages = generate(groups);

  it.each([...pages])('%s is what the model gives now (npm run validation)', (path, text) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
  });

  it('shows no figure that is none', () => {
    for (const text of pages.values()) expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it.each([
    'wasm2c/cortex-m4',
    'wasm2c-unchecked/cortex-m4',
    'wasm2c/cortex-a7',
    'wasm2c-unchecked/cortex-a7',
    'wasm2c/cortex-m33',
    'wasm2c-unchecked/cortex-m33',
    'wasm2c/cortex-a8',
    'wasm2c-unchecked/cortex-a8',
  ])('has a median error of at most 10 %% under %s', (name) => {
    expect(median(groups.get(name)!.map((c) => c.error))).toBeLessThanOrEqual(0.1);
  });

  it.each(['wasm3', 'wamr-fast', 'wamr-classic'].flatMap((id) => [`${id}/cortex-m4`, `${id}/cortex-a7`]))(
    'has a median error of at most 15 %% and a worst of at most 30 %% under %s, over 323 kernels',
    (name) => {
      const group = groups.get(name)!;
      expect(group).toHaveLength(323);
      expect(median(group.map((c) => c.error))).toBeLessThanOrEqual(0.15);
      expect(group.filter((c) => Math.abs(c.error) > 0.3).map((c) => c.kernel)).toEqual([]);
    },
  );

  /** Sign of the step from one shape of a loop to another (docs/validation.md, and arm-truth, shapes.md). */
  const step = (name: string, from: string, to: string) => {
    const of = (kernel: string) => groups.get(name)!.find((c) => c.kernel === kernel)!;
    const [a, b] = [of(from), of(to)];
    return { predicted: Math.sign(b.predicted - a.predicted), reference: Math.sign(b.cycles - a.cycles) };
  };

  const compiled = ['wasm2c', 'wasm2c-unchecked'].flatMap((id) => [`${id}/cortex-m4`, `${id}/cortex-a7`]);
  const interpreted = ['wasm3', 'wamr-fast', 'wamr-classic'].flatMap((id) => [
    `${id}/cortex-m4`,
    `${id}/cortex-a7`,
  ]);

  it.each([...compiled, ...interpreted])('gets the sign of unrolling right under %s', (name) => {
    const { predicted, reference } = step(name, 'k1_gemv8', 'k1u_gemv8_unrolled');
    expect(predicted).toBe(reference);
  });

  it.each(compiled)('gets the signs of sharing inputs among rows right under %s', (name) => {
    for (const [from, to] of [
      ['s4rows', 's4x4'],
      ['k1_gemv8', 'k3_rnn8'],
      ['gemv16', 's4rows'],
    ]) {
      const { predicted, reference } = step(name, from, to);
      expect(predicted, `${from} to ${to}`).toBe(reference);
    }
  });

  it.each(compiled)("is within 25 %% of the reference for the project's own kernels under %s", (name) => {
    const shipped = groups.get(name)!.filter((c) => c.shipped);
    expect(shipped).toHaveLength(6);
    for (const { kernel, error } of shipped) expect(Math.abs(error), kernel).toBeLessThanOrEqual(0.25);
  });
});
