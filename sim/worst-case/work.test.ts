import { expect, it } from 'vitest';
import { assemble, type Op } from '../wasm/assemble.ts';
import { analyse } from '../wasm/index.ts';
import { boundOf } from './bound.ts';
import { Unbounded } from './knowledge.ts';
import { MOST_WORK, workOf } from './work.ts';

const END = 0;
const AT = 1;
const BITS = 2;
const CHARACTER = 3;

const within = (from: number, length: number): Op[] => [
  ['local.get', CHARACTER],
  ['i32.const', from],
  ['i32.sub'],
  ['i32.const', length],
  ['i32.lt_u'],
  ['br_if', 0],
];

/**
 * Reads Base64: the kind of each character rests on data, six bits come and eight go, so that the bits at hand are the same every fourth
 * turn only, and the text ends at parameter 0.
 */
const body: Op[] = [
  ['loop', 'void'],
  ['block', 'void'],
  ['local.get', AT],
  ['i32.load8_u', 0, 0],
  ['local.set', CHARACTER],
  ...within(65, 26),
  ...within(97, 26),
  ...within(48, 10),
  ['nop'],
  ['end'],
  ['local.get', BITS],
  ['i32.const', 6],
  ['i32.add'],
  ['local.tee', BITS],
  ['i32.const', 8],
  ['i32.ge_s'],
  ['if', 'void'],
  ['local.get', BITS],
  ['i32.const', 8],
  ['i32.sub'],
  ['local.set', BITS],
  ['end'],
  ['local.get', AT],
  ['i32.const', 1],
  ['i32.add'],
  ['local.tee', AT],
  ['local.get', END],
  ['i32.lt_u'],
  ['br_if', 0],
  ['end'],
];
const reader = analyse(assemble([{ export: 'run', params: ['i32'], locals: ['i32', 'i32', 'i32'], body }]));
const operators = reader.functions.map((f) => f.operators);
const bound = (end?: number) => boundOf(reader, { cycles: operators, wasmOps: operators }, 0, [end]);

it('is given up where turns go on without an end, and copies of what was passed are what counts', () => {
  let copied = 0;
  // No spies: those keep all that they were called with.
  const { copy, choice } = workOf;
  const noted = (work: number): number => {
    copied += work;
    return work;
  };
  workOf.copy = (state) => noted(copy(state));
  workOf.choice = (one, other) => noted(choice(one, other));
  let ended: unknown;
  try {
    bound();
  } catch (error) {
    ended = error;
  } finally {
    Object.assign(workOf, { copy, choice });
  }
  expect(ended).toBeInstanceOf(Unbounded);
  expect((ended as Unbounded).where).toMatchObject({ function: 'run', loop: 0 });
  expect(copied).toBeGreaterThan(MOST_WORK / 2);
  // The last copy is not made.
  expect(copied).toBeLessThan(MOST_WORK + 1000);
});

it('suffices for the same turns where their end is known, each as dear as the dearest four', () => {
  const [some, more, most] = [400, 800, 4000].map((end) => bound(end).wasmOps) as [number, number, number];
  expect(some).toBeGreaterThan(0);
  expect(most - more).toBe(8 * (more - some));
});
