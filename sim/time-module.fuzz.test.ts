/** Modules with bytes that nobody meant: each is timed or refused by number, and never anything else. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../common/refusals/index.ts';
import { callMisses, timeModule, type ModuleCall } from './time-module.ts';

const folder = new URL('../test/reference/kernels/', import.meta.url);
const modules = readdirSync(folder)
  .filter((f) => f.endsWith('.wasm'))
  .map((f) => new Uint8Array(readFileSync(new URL(f, folder))));
const runtimes = ['wasm2c', 'wasm2c-unchecked', 'wamr-aot', 'wasm3', 'wamr-classic', 'wamr-fast'];
const cores = ['cortex-m4', 'cortex-m33', 'cortex-a7', 'cortex-a8'];
const caches = { lineBytes: 64, level1: { bytes: 4096, ways: 2 }, level2: { bytes: 65536, ways: 8 } };

/** The refusal's number, or 'timed'; throws what is neither. */
function outcome(bytes: Uint8Array, call: ModuleCall): string {
  try {
    const timing = timeModule(bytes, call);
    callMisses(bytes, call, caches);
    const { low, value, high } = timing.cycles;
    if (!(0 <= low && low <= value && value <= high && high < Infinity)) throw new Error('no sound estimate');
    return 'timed';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const call = fc.record({
  entry: fc.constant('run'),
  args: fc.constantFrom(['1'], ['0'], ['-1'], []),
  fuel: fc.constant(20_000),
  core: fc.constantFrom(...cores),
  runtime: fc.constantFrom(...runtimes),
});
/** Where in a module, as a share of its length; anywhere as likely as at its start. */
const place = fc.noBias(fc.nat(9999)).map((n) => n / 10_000);
const sample = fc.constantFrom(...modules);

describe('a broken module', () => {
  it('with some bytes changed is timed or refused', { timeout: 60_000 }, () => {
    const seen = new Set<string>();
    const change = fc.tuple(place, fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(sample, fc.array(change, { minLength: 1, maxLength: 3 }), call, (module, changes, how) => {
        const bytes = module.slice();
        for (const [at, value] of changes) bytes[Math.floor(at * bytes.length)] = value;
        seen.add(outcome(bytes, how));
      }),
      { numRuns: 1200, seed: 20260 },
    );
    // Both ways must have been taken for the property to say anything.
    expect(seen).toContain('timed');
    expect(seen.size).toBeGreaterThan(5);
  });

  it('cut short or with a piece of another behind it is refused', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(sample, sample, place, call, (one, other, at, how) => {
        const cut = Math.floor(at * one.length);
        expect(outcome(one.subarray(0, cut), how)).toMatch(/^ESC/);
        outcome(Uint8Array.of(...one.subarray(0, cut), ...other.subarray(cut)), how);
      }),
      { numRuns: 300, seed: 20261 },
    );
  });

  it('of any bytes is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), call, (bytes, header, how) => {
        const given = header ? Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, ...bytes) : bytes;
        expect(outcome(given, how)).toMatch(/^ESC/);
      }),
      { numRuns: 300, seed: 20262 },
    );
  });
});
