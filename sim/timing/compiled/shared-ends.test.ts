import { describe, expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { listing } from './listing.ts';

const at = (base: number): Op[] => [['local.get', 0], ['i32.const', base], ['i32.add'], ['i32.load', 0]];

/** for (i = 0; i != 800; i += 4) s += load(i + first) * load(i + second) */
const products = (first: number, second: number): string[] =>
  listing(
    {
      params: ['i32'],
      results: ['i32'],
      locals: ['i32'],
      body: [
        ['i32.const', 0],
        ['local.set', 0],
        ['loop', 'void'],
        ['local.get', 1],
        ...at(first),
        ...at(second),
        ['i32.mul'],
        ['i32.add'],
        ['local.set', 1],
        ['local.get', 0],
        ['i32.const', 4],
        ['i32.add'],
        ['local.tee', 0],
        ['i32.const', 800],
        ['i32.ne'],
        ['br_if', 0],
        ['end'],
        ['local.get', 1],
      ],
    },
    [0],
    buildFor(cores['cortex-m4'], true),
  ).flatMap(({ code }) => code);

describe('neighbours in memory, gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c', () => {
  // adds r3, #4; adc r2, #0; cmp r5, r3; sbcs r1, r4, r2; bcs: one check, of 64 bits
  it('share the widened address where the upper one is read first', () => {
    expect(products(1028, 1024)).toEqual(expect.arrayContaining(['adds', 'adc', 'sbcs', 'orrs']));
  });

  it('are checked in 32 bits where the lower one is', () => {
    expect(products(1024, 1028)).not.toContain('sbcs');
  });
});
