import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { listing } from './listing.ts';

const body = listing.bind(null, { params: ['i32'], results: ['i32'], body: [['local.get', 0]] }, [1]);
const entry = (positionIndependent: boolean): string[] =>
  body(buildFor(cores[positionIndependent ? 'cortex-a7' : 'cortex-m4'], false))[0]!.code;

/*
 * u32 w2c_run(instance, u32 p0) with FUNC_PROLOGUE, gcc 12.2 -O2:
 *   arm-linux-gnueabihf (PIE)   ldr r4, [pc]; ldr r3, [pc]; add r4, pc; ldr r3, [r4, r3]; ldr r2, [r3]; adds; str; cmp #500; bhi
 *   arm-none-eabi               ldr r2, [pc] (or movw, movt); ldr r3, [r2]; adds; str; cmp #500; bhi
 */
it('reads the address of the depth from the table of a position-independent program', () => {
  const code = entry(true);
  expect(code.filter((t) => t.startsWith('ldr') || t === 'add pc').slice(0, 5)).toEqual([
    'ldr [pc]',
    'ldr [pc]',
    'add pc',
    'ldr [got]',
    'ldr depth',
  ]);
  expect(code.some((t) => t.startsWith('movw'))).toBe(false);
});

it('makes it as a constant in firmware', () => {
  const code = entry(false);
  expect(code.some((t) => t.includes('got'))).toBe(false);
  expect(code.some((t) => t.startsWith('movw'))).toBe(true);
});
