import { describe, expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { cores } from '../../../cores/index.ts';
import { buildFor } from '../build.ts';
import { listing, type ListedBlock } from '../listing.ts';

const get = (i: number): Op => ['local.get', i];
const add = (n: number): Op[] => [['i32.const', n], ['i32.add']];

/** From the parameter to what is loaded, which is zero: sum of what `body` leaves on the stack. */
const over = (body: Op[], behind: Op[]): ListedBlock[] =>
  listing(
    {
      params: ['i32'],
      results: ['i32'],
      locals: ['i32', 'i32', 'i32'],
      body: [
        ...[['i32.const', 1024] as Op, ['i32.load16_u', 0, 1] as Op, ['local.set', 1] as Op],
        ...[['i32.const', 1028] as Op, ['i32.load', 0, 2] as Op, ['local.set', 3] as Op],
        ...[get(0), get(1), ['i32.lt_s'] as Op, ['if', 'void'] as Op, ['loop', 'void'] as Op],
        ...[...body, get(2), ['i32.add'] as Op, ['local.set', 2] as Op],
        ...[get(0), ...add(1), ['local.tee', 0] as Op, get(1), ['i32.lt_s'] as Op, ['br_if', 0] as Op],
        ...[['end'] as Op, ['end'] as Op, get(2), ...behind],
      ],
    },
    [-12],
    buildFor(cores['cortex-m4'], false),
  );

const codeOf = (blocks: ListedBlock[], weight: number): string[] =>
  blocks.filter((b) => b.weight === weight).flatMap((b) => b.code);

describe('loops from a variable start to a variable end with signs, gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c without checks', () => {
  /*
   * sum += a[i] * b[i] for i from a parameter while i < n, both from a parameter:
   *   ldrsb lr, [r4, #1]!; mov r3, r2; ldrsb ip, [r2, #1]!; subw r3, r3, #4094; subs r3, r3, r7; cmp r1, r3; mla r8, lr, ip, r8; bgt
   * and behind it i is start + 1 + (n < start + 1 ? 0 : n - start - 1):
   *   subs r3, r1, r0; subs r3, r3, #1; adds r0, r0, #1; cmp r1, r0; it lt; movlt r3, #0; add; add
   */
  it('keep their test, and what the counter has become is computed under the condition that they go round', () => {
    const load = (at: number): Op[] => [get(0), ...add(at), ['i32.load8_s', 0, 0]];
    const blocks = over([...load(8192), ...load(4096), ['i32.mul']], [get(0), ['i32.add']]);
    const inside = codeOf(blocks, 12);
    expect(inside.filter((t) => t === 'ldrb signed !')).toHaveLength(2);
    expect(inside).toContain('sub reg');
    const behind = codeOf(blocks, 1).join();
    expect(behind).toMatch(/add #1.*cmp reg/);
    expect(behind).toContain('mov<cc>');
  });
});
