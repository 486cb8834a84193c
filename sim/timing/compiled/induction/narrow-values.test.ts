import { expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { firmware } from '../build.ts';
import { listing } from '../listing.ts';

const get = (i: number): Op => ['local.get', i];

/*
 * for (i = 0; i < 100; i++) store8(8192 + i, 57 * i + 3), wasm2c without checks, gcc 12.2 -O2 -mcpu=cortex-m4: the byte is a variable, and the loop ends by it, 3 + 57 * 100 being 71 as a byte.
 *   ldr r1, [lr]; add ip, r3, #57; strb r3, [r1, r2]; uxtb r3, ip; cmp r3, #71; add r2, r2, #1; bne
 */
it('steps what is stored as a byte as a byte', () => {
  const body: Op[] = [
    ...[['loop', 'void'] as Op, get(1), get(1), ['i32.const', 57] as Op, ['i32.mul'] as Op],
    ...[['i32.const', 3] as Op, ['i32.add'] as Op, ['i32.store8', 8192, 0] as Op],
    ...[get(1), ['i32.const', 1] as Op, ['i32.add'] as Op, ['local.tee', 1] as Op],
    ...[['i32.const', 100] as Op, ['i32.lt_u'] as Op, ['br_if', 0] as Op, ['end'] as Op, get(0)],
  ];
  const blocks = listing({ params: ['i32'], results: ['i32'], locals: ['i32'], body }, [1], firmware(false));
  const inside = blocks.filter((b) => b.weight === 100).flatMap((b) => b.code);
  expect(inside.toSorted()).toEqual(['add #1', 'add #57', 'b<cc>', 'cmp #71', 'ldr base', 'strb', 'uxtb']);
});
