/** The published errors are current, and the targets that are met stay met. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareAll, generate, groupsOf, type Comparison } from '../../scripts/validation.ts';

const median = (errors: readonly number[]): number =>
  errors.map(Math.abs).sort((a, b) => a - b)[Math.floor(errors.length / 2)];

describe('the cycle model against the reference', () => {
  let groups: Map<string, Comparison[]>;
  beforeAll(() => {
    groups = groupsOf(compareAll());
  });

  it.each([...generate()])('%s is what the model gives now (npm run validation)', (path, text) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
  });

  it.each([
    'wasm2c/cortex-m4',
    'wasm2c-unchecked/cortex-m4',
    'wasm2c/cortex-a7',
    'wasm2c-unchecked/cortex-a7',
  ])('has a median error of at most 10 %% under %s', (name) => {
    expect(median(groups.get(name)!.map((c) => c.error))).toBeLessThanOrEqual(0.1);
  });

  it.each(['wasm3', 'wamr-fast', 'wamr-classic'].flatMap((id) => [`${id}/cortex-m4`, `${id}/cortex-a7`]))(
    'has a median error of at most 15 %% and a worst of at most 30 %% under %s, over 61 kernels',
    (name) => {
      const errors = groups.get(name)!.map((c) => c.error);
      expect(errors).toHaveLength(61);
      expect(median(errors)).toBeLessThanOrEqual(0.15);
      expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(0.3);
    },
  );

  /** Sign of the step from the plain loop k1 to the loop k1u that is unrolled by hand. */
  const unrolling = (name: string) => {
    const of = (kernel: string) => groups.get(name)!.find((c) => c.kernel === kernel)!;
    const [plain, unrolled] = [of('k1_gemv8'), of('k1u_gemv8_unrolled')];
    return {
      predicted: Math.sign(unrolled.predicted - plain.predicted),
      reference: Math.sign(unrolled.cycles - plain.cycles),
    };
  };

  it.each([
    ...['wasm2c/cortex-m4', 'wasm2c/cortex-a7', 'wasm2c-unchecked/cortex-a7'],
    ...['wasm3', 'wamr-fast', 'wamr-classic'].flatMap((id) => [`${id}/cortex-m4`, `${id}/cortex-a7`]),
  ])('gets the sign of unrolling right under %s', (name) => {
    const { predicted, reference } = unrolling(name);
    expect(predicted).toBe(reference);
  });

  // Known miss: spills of the unrolled loop are underestimated, see docs/validation.md.
  it.fails('gets the sign of unrolling right under wasm2c-unchecked/cortex-m4', () => {
    const { predicted, reference } = unrolling('wasm2c-unchecked/cortex-m4');
    expect(predicted).toBe(reference);
  });
});
