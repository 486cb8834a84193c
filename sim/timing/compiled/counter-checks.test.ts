/** Checks of what a counter reaches: its range decides whether they compare 64 bits. */
import { describe, expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { hottest, listing } from './listing.ts';

describe('a counter from where a value of few bits says to a constant end', () => {
  // for (i = n & 31; ; ++i < 48) sum += load16(32768 + i * 2), by either comparison: and r3, r1, #31; add r3, r3, #16384; adds r3, #1; lsls r3, r3, #1; .. cmp r1, r3; bcs
  const counted = (test: 'lt_s' | 'lt_u', few: Op[] = [['i32.const', 31], ['i32.and']]) =>
    hottest(
      listing(
        {
          params: ['i32'],
          results: ['i32'],
          locals: ['i32'],
          body: [
            ['local.get', 0],
            ...few,
            ['local.set', 0],
            ['loop', 'void'],
            ['local.get', 1],
            ['local.get', 0],
            ['i32.const', 1],
            ['i32.shl'],
            ['i32.const', 32768],
            ['i32.add'],
            ['i32.load16_s', 0],
            ['i32.add'],
            ['local.set', 1],
            ['local.get', 0],
            ['i32.const', 1],
            ['i32.add'],
            ['local.tee', 0],
            ['i32.const', 48],
            [`i32.${test}`],
            ['br_if', 0],
            ['end'],
            ['local.get', 1],
          ],
        },
        [3],
        buildFor(cores['cortex-m4'], true),
      ),
    );
  it('fits 32 bits where its accesses are two bytes apart', () => {
    expect(counted('lt_s')).not.toContain('sbcs');
    expect(counted('lt_u')).not.toContain('sbcs');
  });
  // From load8_u(n): cmp r4, r3; sbcs ip, lr, r1; bcs; .. adds r3, #2; adc r1, #0; adds r2, #1; cmp r2, #47; bhi
  it('does not where a byte is loaded, which nothing was known of when its range was kept', () => {
    expect(counted('lt_s', [['i32.load8_u', 0]])).toContain('sbcs');
  });
});

describe('a counter that goes down from seven', () => {
  // sum += load16_s(1024 + (m << 1)). While m > 0: cmp r3, r1; bhi. While m >= 0 the last value is not one of u32, so its range is open: cmp r4, r3; sbcs; subs r3, #2; sbc r2, #0
  const down = (test: string): string[] =>
    listing(
      {
        params: ['i32'],
        results: ['i32'],
        locals: ['i32'],
        body: [
          ['i32.const', 7],
          ['local.set', 0],
          ['block', 'void'],
          ['loop', 'void'],
          ['local.get', 0],
          ['i32.const', 0],
          [test],
          ['i32.eqz'],
          ['br_if', 1],
          ['local.get', 1],
          ['local.get', 0],
          ['i32.const', 1],
          ['i32.shl'],
          ['i32.const', 1024],
          ['i32.add'],
          ['i32.load16_s', 0],
          ['i32.add'],
          ['local.set', 1],
          ['local.get', 0],
          ['i32.const', 1],
          ['i32.sub'],
          ['local.set', 0],
          ['br', 0],
          ['end'],
          ['end'],
          ['local.get', 1],
        ] as Op[],
      },
      [0],
      buildFor(cores['cortex-m4'], true),
    ).flatMap((b) => b.code);
  it('has a range unless it passes zero', () => {
    expect(down('i32.gt_s')).not.toContain('sbcs');
    expect(down('i32.ge_s')).toContain('sbcs');
  });
});
