import { firmware } from './build.ts';
import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { hottest, listing } from './listing.ts';

/** run(n): for n times, global 0 grows on the even turns and is not touched on the odd ones; memory is read, and written if asked. */
const loop = (writes: boolean): Op[] => [
  ['loop', 'void'],
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.and'],
  ['i32.eqz'],
  ['if', 'void'],
  ['global.get', 0],
  ['local.get', 0],
  ['i32.load', 2, 0],
  ['i32.add'],
  ['global.set', 0],
  ['end'],
  ...((writes
    ? [
        ['local.get', 0],
        ['i32.const', 7],
        ['i32.store', 2, 64],
      ]
    : []) as Op[]),
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.sub'],
  ['local.tee', 0],
  ['br_if', 0],
  ['end'],
  ['global.get', 0],
];

const loads = (writes: boolean): number =>
  listing({ params: ['i32'], results: ['i32'], body: loop(writes) }, [100], firmware(false), [5])
    .filter((b) => b.weight > 10)
    .flatMap((b) => b.code)
    .filter((t) => t.startsWith('ldr global')).length;

// gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c's C: the loop holds `ldr` of linear memory and `str r, [instance]`, and reads the global only where it stores to memory.
it('keeps a global in a register through a loop that does not store', () => {
  expect(loads(false)).toBe(0);
  expect(loads(true)).toBe(1);
});

it('does not read the base of memory again after an assignment of a global', () => {
  const body: Op[] = [
    ['loop', 'void'],
    ['local.get', 0],
    ['i32.load', 2, 0],
    ['global.set', 0],
    ['local.get', 0],
    ['i32.const', 4],
    ['i32.sub'],
    ['local.tee', 0],
    ['br_if', 0],
    ['end'],
    ['i32.const', 0],
  ];
  const code = hottest(listing({ params: ['i32'], results: ['i32'], body }, [400], firmware(false), [5]));
  expect(code.filter((t) => t === 'ldr base')).toEqual([]);
});
