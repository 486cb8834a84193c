import { expect, it } from 'vitest';
import { assemble, type Op } from '../wasm/assemble.ts';
import { analyse, instrument, openMeter } from '../wasm/index.ts';
import { estimateCycles } from './index.ts';

const looped = (divisor: Op): Op[] => [
  ['loop', 'void'],
  ['local.get', 2],
  ['local.get', 1],
  divisor,
  ['i32.div_u'],
  ['i32.add'],
  ['local.set', 2],
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.sub'],
  ['local.tee', 0],
  ['br_if', 0],
  ['end'],
  ['local.get', 2],
];

function estimate(divisor: Op, core: string, runtime: string) {
  const analysis = analyse(
    assemble([
      { export: 'run', params: ['i32', 'i32'], results: ['i32'], locals: ['i32'], body: looped(divisor) },
    ]),
  );
  const counts = openMeter(instrument(analysis)).count(
    ({ exports }) => void (exports.run as (a: number, b: number) => number)(1000, 77),
  );
  const { cycles, notes } = estimateCycles(analysis, counts, core, runtime);
  return { low: cycles.low / cycles.value, high: cycles.high / cycles.value, notes: notes.join(' ') };
}

const [by0, byTen]: Op[] = [
  ['local.get', 0],
  ['i32.const', 10],
];

it.each(['cortex-m4', 'cortex-m33'])('of 2 to 12 cycles is in the band on a %s', (core) => {
  const [variable, constant] = [by0!, byTen!].map((divisor) => estimate(divisor, core, 'wasm2c'));
  expect(variable!.notes).toMatch(/Divisions are costed at 6 cycles each: .* takes 2 to 12/);
  expect(variable!.low).toBeLessThan(constant!.low - 0.1);
  expect(variable!.high).toBeGreaterThan(constant!.high + 0.2);
  // Code that is compiled multiplies by a constant; an interpreter divides.
  expect(constant!.notes).not.toContain('Divisions');
  expect(estimate(byTen!, core, 'wasm3').notes).toContain('Divisions');
});

it('is none where one figure is known of the divider, or calls divide', () => {
  for (const core of ['cortex-a7', 'cortex-a8'])
    expect(estimate(by0!, core, 'wasm2c').notes).not.toContain('Divisions');
});
