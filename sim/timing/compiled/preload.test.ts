import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { hottest, listing } from './listing.ts';

/*
 * A checked loop that stores reads the memory's length and pointer again at its end, the length first: the check waits for it.
 *   gcc 12.2, kernel lutapply, Cortex-A7   strb.w r2, [r4, lr];  beq.n;  ldr r5, [r0, #12];  subs r2, r3, #1;  ldr r4, [r0, #0];  cmp r5, r3;  bcs.n
 */
it('reads length and pointer again behind the store, the length first', () => {
  const body: Op[] = [
    ['local.get', 0],
    ['i32.load8_u', 0, 0],
    ['local.set', 1],
    ['loop', 'void'],
    ['local.get', 0],
    ['local.get', 0],
    ['i32.load8_u', 0, 0],
    ['i32.store8', 0, 1024],
    ['local.get', 0],
    ['i32.const', 1],
    ['i32.add'],
    ['local.tee', 0],
    ['i32.const', 512],
    ['i32.ne'],
    ['br_if', 0],
    ['end'],
    ['local.get', 1],
  ];
  const build = buildFor(cores['cortex-a7'], true);
  const code = hottest(listing({ params: ['i32'], results: ['i32'], locals: ['i32'], body }, [0], build));
  const store = code.findIndex((t) => t.startsWith('strb'));
  expect(code.slice(store).filter((t) => /^ldr (size|base)/.test(t))).toEqual(['ldr size', 'ldr base']);
});
