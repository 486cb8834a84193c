/** What calls that divide take on the Cortex-A8 (sim/cores/cortex-a8.ts) is what the library's code takes in a loop over numbers of all lengths, less the loop. */
import binaryen from 'binaryen';
import { describe, expect, it } from 'vitest';
import { cores } from '../../sim/cores/index.ts';
import { measureKernel, withFolder } from './tools/measure.ts';
import { missingPackages } from './tools/packages.ts';

const missing = missingPackages();

/** run(n): n operations on pseudo-random numbers, each shifted to a random length; signed ones are positive. */
function loop(operation: string, signed: boolean): Uint8Array {
  const length = (places: string) =>
    signed
      ? `(i32.or (i32.const 1) (i32.and ${places} (i32.const 31)))`
      : `(i32.and ${places} (i32.const 31))`;
  const module =
    binaryen.parseText(`(module (func (export "run") (param i32) (result i32) (local $s i32) (local $a i32) (local $b i32) (local $t i32)
    (local.set $s (i32.const 2463534242))
    (loop $l
      (local.set $s (i32.xor (local.get $s) (i32.shl (local.get $s) (i32.const 13))))
      (local.set $s (i32.xor (local.get $s) (i32.shr_u (local.get $s) (i32.const 17))))
      (local.set $s (i32.xor (local.get $s) (i32.shl (local.get $s) (i32.const 5))))
      (local.set $a (i32.shr_u (local.get $s) ${length('(local.get $t)')}))
      (local.set $t (i32.add (local.get $t) (i32.mul (local.get $s) (i32.const 747796405))))
      (local.set $b (i32.or (i32.const 1) (i32.shr_u (i32.mul (local.get $s) (i32.const -1640531535))
        ${length('(i32.shr_u (local.get $t) (i32.const 5))')})))
      (local.set $t (i32.add (local.get $t) (${operation} (local.get $a) (local.get $b))))
      (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get $t)))`);
  try {
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}

const n: [number, number] = [1, 4001];

const known = new Map<string, number>();

/** Built and run once. */
function cyclesOf(operation: string, signed: boolean): number {
  const key = `${operation} ${signed}`;
  if (!known.has(key)) known.set(key, measure(operation, signed));
  return known.get(key)!;
}

function measure(operation: string, signed: boolean): number {
  const source = {
    name: 'divide',
    wasm: loop(operation, signed),
    entry: 'run',
    takesCount: true,
    memoryPages: 1,
  };
  const records = withFolder((folder) => measureKernel(source, folder, n));
  return records.find((r) => r.core === 'cortex-a8' && r.runtime === 'wasm2c-unchecked')!.cycles;
}

describe('a division of 32 bits on a core without a divider', () => {
  it.skipIf(missing.length > 0).each(['div_s', 'div_u', 'rem_s', 'rem_u'] as const)(
    `takes what the core's file says: %s${missing.length ? ` (skipped: no ${missing.join(', ')})` : ''}`,
    { timeout: 60_000 },
    (operation) => {
      const signed = operation.endsWith('_s');
      const took = cyclesOf(`i32.${operation}`, signed) - cyclesOf('i32.sub', signed);
      expect(cores['cortex-a8'].divisionCalls![operation].value).toBe(Math.round(took));
    },
  );
});
