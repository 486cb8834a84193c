import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { timeModule } from '../time-module.ts';

const gcd = new Uint8Array(readFileSync(new URL('../../test/reference/kernels/gcd.wasm', import.meta.url)));
const time = (...loopBounds: string[]) =>
  timeModule(gcd, { entry: 'run', args: ['3'], fuel: 1e9, core: 'cortex-m4', runtime: 'wasm3', loopBounds });

describe('bounds of loops that somebody states', () => {
  it('are named where one is missing, and bound the call where they are given', () => {
    const { worstCase, wasmOps } = time();
    expect(worstCase).toMatchObject({ kind: 'unbounded', function: 'run', loop: 3 });
    // Euclid's algorithm on 32 bits: at most 46 divisions (Lamé).
    const stated = time('run:3=47').worstCase;
    expect(stated.kind).toBe('bounded');
    if (stated.kind === 'bounded') expect(stated.wasmOps).toBeGreaterThan(wasmOps);
  });

  it('grow the bound by as much as they grow', () => {
    const ops = [47, 57, 67].map((n) => {
      const { worstCase } = time(`run:3=${n}`);
      return worstCase.kind === 'bounded' ? worstCase.wasmOps : NaN;
    });
    expect(ops[2]! - ops[1]!).toBe(ops[1]! - ops[0]!);
    expect(ops[1]! - ops[0]!).toBeGreaterThan(0);
  });

  it.each([
    ['run:3', /ESC323 "run:3" states no bound.*Write --loop-bound function:loop=turns/],
    ['run:3=0', /ESC323/],
    ['walk:0=3', /ESC324 .*no function "walk".*Use one of run:0/],
    ['run:9=3', /ESC324 .*"run" has 4 loops/],
    ['run:3=2', /ESC325 .*turns 9 times on average.*State a larger bound/],
  ])('%s is refused', (text, message) => {
    expect(() => time(text)).toThrow(message);
  });
});
