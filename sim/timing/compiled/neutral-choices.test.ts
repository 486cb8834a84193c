import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];

const code = (type: 'i32' | 'i64', body: Op[]) =>
  listing(
    { params: [type, type, type], results: [type], body },
    type === 'i32' ? [7, 5, 3] : [7n, 5n, 3n],
    firmware(false),
  );

/** x OP (x < y ? other : m) */
const chosen = (type: 'i32' | 'i64', op: string, other: number | bigint): Op[] =>
  [
    get(0),
    [`${type}.const`, other],
    get(2),
    get(0),
    get(1),
    [`${type}.lt_u`],
    ['select'],
    [`${type}.${op}`],
  ] as Op[];

const own = (body: Op[]) =>
  code('i32', body)
    .flatMap((b) => b.code)
    .filter((t) => /^(cmp reg|it|sub|add<cc>|add shl)/.test(t))
    .map((t) => t.split(' ')[0]);

// gcc 12.2 -O2 -mcpu=cortex-m4: cmp r0, r1; it cs; subcs r0, r0, r2; bx lr
it('works out a difference only where something is taken away', () => {
  expect(own(chosen('i32', 'sub', 0))).toEqual(['cmp', 'it', 'sub']);
  // A choice of a power of two is left to arithmetic: ite cs; movcs r3, #0; movcc r3, #1; add r0, r0, r3, lsl #3
  const power = [['i32.const', 8], ['i32.const', 0], get(0), get(1), ['i32.lt_u'], ['select']] as Op[];
  expect(own([get(0), ...power, ['i32.add']])).not.toContain('sub');
});

// cmp r0, r2; sbcs r3, r1, r3; ldrd r4, r5, [sp, #8]; bcc .L25; subs r0, r0, r4; sbc r1, r1, r5
it('goes around a difference of 64 bits', () => {
  const blocks = code('i64', chosen('i64', 'sub', 0n));
  const made = blocks.find((b) => b.code.includes('subs'));
  // The last argument comes on the stack.
  const ofArguments = made?.code.filter((t) => t !== 'ldr [sp]');
  expect(ofArguments?.slice(0, 2)).toEqual(['subs', 'sbc']);
  expect(blocks.flatMap((b) => b.code).filter((t) => t.startsWith('it '))).toEqual([]);
});
