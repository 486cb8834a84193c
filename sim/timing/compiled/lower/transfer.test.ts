import { expect, it } from 'vitest';
import type { Op } from '../../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../../wasm/index.ts';
import { assemble } from '../../../wasm/assemble.ts';
import { firmware } from '../build.ts';
import { transferCycles } from '../c-library.ts';
import { compileModule } from '../compile.ts';
import { listing } from '../listing.ts';

const build = firmware(false);
const transfer = (name: string, to: Op, from: Op, length: Op): Op[] => [to, from, length, [name]];
const at = (v: number): Op => ['i32.const', v];
const code = (body: Op[], params: string[] = []) =>
  listing(
    { params, body },
    params.map(() => 64),
    build,
  ).flatMap((b) => b.code);

/*
 * void f(char **p) { memcpy(*p + 4096, *p, 8); }, gcc 12.2 -O2 -mthumb, Cortex-M4:
 *   ldr r3, [r0];  add r2, r3, #4096;  ldr r1, [r3];  ldr r3, [r3, #4];  str r3, [r2, #4];  str r1, [r2];  bx lr
 */
it('writes out short copies between places that do not meet', () => {
  const text = code(transfer('memory.copy', at(4096), at(0), at(8)));
  expect(text.filter((t) => /^(ldr|str)$/.test(t))).toEqual(['ldr', 'ldr', 'str', 'str']);
  expect(text).not.toContain('bl');
});

/*
 * Kernel lmucell without checks of accesses, which copies 64 bytes from 1152 to 1036, gcc 12.2 -O2 -mcpu=cortex-m4:
 *   ldr r3, [r6, #12];  cmp.w r3, #1216;  bcc.n <trap>
 * wasm2c's memory_copy and memory_fill have a macro of their own (RANGE_CHECK).
 */
it.each([
  ['memory.copy', 2],
  ['memory.fill', 1],
] as const)('checks the ranges of a %s where accesses have no checks', (name, ranges) => {
  const text = code(transfer(name, ['local.get', 0], ['local.get', 1], at(8)), ['i32', 'i32']);
  expect(text.filter((t) => t === 'bcc trap')).toHaveLength(ranges);
});

/*
 * memmove(*p + a, *p + b, 8) and memset(*p + 4096, v, 8) with unknown a, b and v:
 *   b memmove     b memset
 */
it.each(['memory.copy', 'memory.fill'])('calls the library for a %s of something unknown', (name) => {
  const text = code(transfer(name, ['local.get', 0], ['local.get', 1], at(8)), ['i32', 'i32']);
  expect(text).toContain(name === 'memory.copy' ? 'memmove' : 'memset');
});

/* memset(*p + 4096, 0, n): stores for n = 28, the library for n = 32. */
it.each([
  [28, 7],
  [32, 0],
])('fills %i bytes with %i stores', (bytes, stores) => {
  const text = code(transfer('memory.fill', at(4096), at(0), at(bytes)));
  expect(text.filter((t) => t === 'str').length).toBe(stores);
});

it('costs what a run moves', () => {
  const analysis = analyse(
    assemble([
      {
        export: 'run',
        params: ['i32'],
        body: transfer('memory.copy', at(4096), at(0), ['local.get', 0]),
      },
    ]),
  );
  const cycles = (bytes: number) => {
    const counts = measure(
      instrument(analysis),
      ({ exports }) => void (exports.run as (n: number) => void)(bytes),
    );
    const [compiled] = compileModule(analysis, counts, build);
    return compiled!.allocation.code.blocks.flatMap((b) => b.code).find((m) => m.kind === 'library')!.cycles;
  };
  const one = { unaligned: 0, overlapping: 0 };
  expect(cycles(100)).toBe(transferCycles('newlib', 'memmove', { bytes: 100, ...one }));
  expect(cycles(1000)).toBe(transferCycles('newlib', 'memmove', { bytes: 1000, ...one }));
});
