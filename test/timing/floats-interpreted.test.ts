/** Floating point under interpreters: the handlers' costs were measured alone, and say what whole kernels take. */
import { expect, it } from 'vitest';
import { compareFloats, groupsOf } from '../../scripts/comparisons.ts';
import { median, sorted } from '../../scripts/validation-text.ts';

const groups = [...groupsOf(compareFloats())].filter(([name]) => !name.startsWith('wasm2c'));

it('is measured under each of them on both cores', () => {
  expect(groups.map(([name]) => name).sort()).toEqual(
    ['wamr-classic', 'wamr-fast', 'wasm3'].flatMap((id) => [`${id}/cortex-a7`, `${id}/cortex-m4`]),
  );
});

it.each(groups)('of 19 kernels is predicted under %s', (_, group) => {
  const errors = sorted(group.map((c) => c.error));
  expect(errors).toHaveLength(19);
  expect(median(errors)).toBeLessThan(0.05);
  expect(errors.at(-1)).toBeLessThan(0.3);
});

it('converts with saturation at the cost of each conversion, not at the mean of all eight', () => {
  // fquant saturates f32 to i32, the cheapest of them; at the mean of all its error was 50 % under WAMR's fast interpreter on a Cortex-M4.
  const found = groups.flatMap(([, group]) => group.filter((c) => c.kernel === 'fquant'));
  for (const { error } of found) expect(Math.abs(error)).toBeLessThan(0.15);
});
