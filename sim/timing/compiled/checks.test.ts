import { describe, expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { cores } from '../../cores/index.ts';
import { buildFor } from './build.ts';
import { hottest, listing } from './listing.ts';
import { countedLoop } from './testing/counted-loop.ts';

/** for (i = 0; i != 800; i += 4) store(32768 + (i >> 1), ...what is read) */
const loop = (read: Op[]): Op[] => [
  ['i32.const', 0],
  ['local.set', 0],
  ['loop', 'void'],
  ['local.get', 0],
  ['i32.const', 1],
  ['i32.shr_u'],
  ['i32.const', 32768],
  ['i32.add'],
  ...read,
  ['i32.store', 2, 0],
  ['local.get', 0],
  ['i32.const', 4],
  ['i32.add'],
  ['local.tee', 0],
  ['i32.const', 800],
  ['i32.ne'],
  ['br_if', 0],
  ['end'],
];
const at = (base: number): Op[] => [['local.get', 0], ['i32.const', base], ['i32.add']];
const code = (read: Op[]): string[] =>
  hottest(
    listing(
      {
        params: ['i32'],
        body: loop(read),
      },
      [0],
      buildFor(cores['cortex-m4'], true),
    ),
  );

describe('checks of the same length, gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c', () => {
  // cmp r4, r1; bcc; ldr; cmp r4, r1; bcc; ldr; cmp r4, r7; bcc; str
  it('compare 32 bits behind 32-bit loads', () => {
    const text = code([...at(1024), ['i32.load', 2, 0], ...at(8192), ['i32.load', 2, 0], ['i32.mul']]);
    expect(text.filter((t) => t === 'sbcs')).toHaveLength(0);
    expect(text.filter((t) => t.endsWith('trap'))).toHaveLength(3);
  });

  // cmp r8, r2; bcc; ldr; cmp r8, r3; sbcs r10, r4, lr; bcc; ldr; ...
  it('compare 64 bits behind a 64-bit load', () => {
    const text = code([
      ...at(1024),
      ['i64.load32_s', 2, 0],
      ...at(8192),
      ['i64.load32_s', 2, 0],
      ['i64.mul'],
      ['i64.const', 31n],
      ['i64.shr_u'],
      ['i32.wrap_i64'],
    ]);
    expect(text.filter((t) => t === 'sbcs').length).toBeGreaterThan(0);
    expect(text.filter((t) => t.endsWith('trap'))).toHaveLength(3);
  });
});

describe('loops that only load, gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c', () => {
  const sum = (read: Op): Op[] => [
    ['i32.const', 0],
    ['local.set', 0],
    ['loop', 'void'],
    ['local.get', 1],
    ...at(1024),
    read,
    ...at(8192),
    read,
    ...(read[0].startsWith('i64')
      ? ([['i64.mul'], ['i64.const', 31n], ['i64.shr_s'], ['i32.wrap_i64']] as Op[])
      : ([['i32.mul']] as Op[])),
    ['i32.add'],
    ['local.set', 1],
    ['local.get', 0],
    ['i32.const', 4],
    ['i32.add'],
    ['local.tee', 0],
    ['i32.const', 800],
    ['i32.ne'],
    ['br_if', 0],
    ['end'],
    ['local.get', 1],
  ];
  const inner = (read: Op) =>
    hottest(
      listing(
        { params: ['i32'], results: ['i32'], locals: ['i32'], body: sum(read) },
        [0],
        buildFor(cores['cortex-m4'], true),
      ),
    );
  // q31mul: ldr sl, [r0]; ldr r3, [sl, r3]; add r4, r2, #7168; cmp r5, r4; add fp, r2, ip; bcc; ldr r4, [sl, fp]; ...; cmp r5, r2; bcs
  it('compare 32 bits where the first comparison left the length to the second, and read the pointer behind a check', () => {
    const text = inner(['i64.load32_s', 0]);
    expect(text.filter((t) => t === 'sbcs')).toEqual([]);
    expect(text.filter((t) => t === 'ldr base')).toHaveLength(1);
    expect(text).not.toContain('ldr size');
  });
  // dot16 and others: neither pointer nor length is read in the loop.
  it('read the pointer before the loop where accessors get it as a value', () => {
    expect(inner(['i32.load', 0])).not.toContain('ldr base');
  });
});

describe('the end of a loop whose check counts in 64 bits', () => {
  // The products of a vector at 18944 with rows from anywhere, 134 of them, behind a look at the memory's length. gcc 12.2, these functions, Cortex-M4:
  // while (i != 134) ..       adds r3, #2; adc ip, ip, #0; cmp ip, r7; it eq; cmpeq r3, r4; beq; ..; add r2, r3, r9; orrs r2, r2, ip; beq. On the A7 adds, orrs.
  // do .. while (i != 134)    ldrsb r2, [r1, #1]!; cmp r5, r3; sbcs r4, lr, ip; bcc; ..; adds r3, #2; adc ip, ip, #0; add r2, r3, r10; orrs r2, r2, ip; beq
  const test: Op[] = [
    ['local.get', 2],
    ['i32.const', 134],
  ];
  const products: Op[] = [
    ['local.get', 1],
    ['local.get', 2],
    ['local.get', 0],
    ['i32.add'],
    ['i32.load8_s', 0, 0],
    ['local.get', 2],
    ['i32.const', 1],
    ['i32.shl'],
    ['i32.const', 18944],
    ['i32.add'],
    ['i32.load16_s', 1, 0],
    ['i32.mul'],
    ['i32.add'],
    ['local.set', 1],
    ['local.get', 2],
    ['i32.const', 1],
    ['i32.add'],
    ['local.set', 2],
  ];
  const atTop: Op[] = [
    ['block', 'void'],
    ['loop', 'void'],
    ...([...test, ['i32.eq'], ['br_if', 1]] as Op[]),
    ...products,
    ['br', 0],
    ['end'],
    ['end'],
  ];
  const atBottom: Op[] = [['loop', 'void'], ...products, ...test, ['i32.ne'], ['br_if', 0], ['end']];
  const looped = (core: 'cortex-m4' | 'cortex-a7', loop: Op[]): string[] => {
    const body: Op[] = [
      ['i32.const', 18432],
      ['i32.load', 2, 0],
      ['local.set', 1],
      ...loop,
      ['local.get', 1],
    ];
    const source = {
      params: ['i32' as const],
      results: ['i32' as const],
      locals: ['i32' as const, 'i32' as const],
      body,
    };
    return listing(source, [1024], buildFor(cores[core], true))
      .filter((b) => b.weight > 1)
      .flatMap((b) => b.code);
  };
  it.each(['cortex-m4', 'cortex-a7'] as const)('asks both words on the %s', (core) => {
    for (const loop of [atTop, atBottom]) {
      expect(looped(core, loop)).toEqual(expect.arrayContaining(['adds', 'adc', 'orrs']));
      expect(looped(core, loop)).not.toContain('cmp reg');
    }
  });
  it('is compared with where it would trap if the first check was copied before the loop, and with the length otherwise', () => {
    const comparisons = (loop: Op[]) =>
      looped('cortex-m4', loop).filter((t) => t === 'sbcs' || t === 'cmp<cc>');
    expect(comparisons(atTop).toSorted()).toEqual(['cmp<cc>', 'sbcs']);
    expect(comparisons(atBottom)).toEqual(['sbcs', 'sbcs']);
  });
});

describe('an address that goes on beside a counter', () => {
  // for (i = 0; i != 120; i++, p += 6) s += load16_s(p)
  const steps = (start: Op[]): Op[] => [
    ...start,
    ['i32.const', 1],
    ['i32.shl'],
    ['i32.const', 1024],
    ['i32.add'],
    ['local.set', 0],
    ['loop', 'void'],
    ['local.get', 2],
    ['local.get', 0],
    ['i32.load16_s', 1, 0],
    ['i32.add'],
    ['local.set', 2],
    ['local.get', 0],
    ['i32.const', 6],
    ['i32.add'],
    ['local.set', 0],
    ['local.get', 1],
    ['i32.const', 1],
    ['i32.add'],
    ['local.tee', 1],
    ['i32.const', 120],
    ['i32.ne'],
    ['br_if', 0],
    ['end'],
    ['local.get', 2],
  ];
  const code = (start: Op[]): string[] => {
    const source = { params: ['i32'], results: ['i32'], locals: ['i32', 'i32'], body: steps(start) };
    return hottest(listing(source, [1], buildFor(cores['cortex-m4'], true)));
  };
  // adds ip, r3, #2; adc r2, r1, #0; cmp r6, ip; sbcs r2, r1, r2 of a start from 1024 to 1030; cmp r3, r1; bls of 1030.
  it('is known to fit 32 bits only from a constant', () => {
    expect(code([['local.get', 0], ['i32.const', 3], ['i32.and']])).toEqual(
      expect.arrayContaining(['adds', 'adc', 'sbcs']),
    );
    expect(code([['i32.const', 3]])).not.toContain('sbcs');
  });
});

describe('a byte from anywhere', () => {
  // kernel quickrec: adds r6, r3, #1; adc.w r0, r2, #0; cmp r5, r6; sbcs.w r0, r2, r0; bcc.n; ldrb r5, [r7, r3]
  it('is compared in 64 bits as wider accesses are', () => {
    const body: Op[] = [
      ['local.get', 0],
      ['i32.load8_u', 0, 0],
    ];
    const source = { params: ['i32' as const], results: ['i32' as const], body };
    expect(hottest(listing(source, [1024], buildFor(cores['cortex-m4'], true)))).toContain('sbcs');
  });
});

/*
 * for (g = 0; g < 56; g++) { for (i = 0, sum = 0; i < 6; i++) sum += load8(g * 6 + i + 8192); ... } with an access to g * 4 + 1024 behind the inner loop, whose checks say that memory reaches further.
 *   gcc 12.2 -O2 -mcpu=cortex-m4, behind it a store of sum   add r3, r8, #4; cmp r4, r3; bcc.n: the early inliner took its accessor, whose length is another value to the passes that could tell
 *   a load                                                     no check
 */
it.each([
  { what: 'store', checks: 1 },
  { what: 'load', checks: 0 },
])('has $checks checks of a lower $what behind a loop', ({ what, checks }) => {
  const sum: Op[] = [
    ['local.get', 3],
    ['local.get', 1],
    ['i32.const', 6],
    ['i32.mul'],
    ['local.get', 2],
    ['i32.add'],
    ['i32.load8_s', 8192, 0],
    ['i32.add'],
    ['local.set', 3],
  ];
  const address: Op[] = [['local.get', 1], ['i32.const', 2], ['i32.shl']];
  const behind: Op[] =
    what === 'store'
      ? [...address, ['local.get', 3], ['i32.store', 1024, 0]]
      : [...address, ['i32.load', 1024, 0], ['local.get', 0], ['i32.add'], ['local.set', 0]];
  const clear: Op[] = [3, 2].flatMap((v): Op[] => [
    ['i32.const', 0],
    ['local.set', v],
  ]);
  const body: Op[] = [
    ...countedLoop(1, 56, [...clear, ...countedLoop(2, 6, sum), ...behind]),
    ['local.get', 3],
    ['local.get', 0],
    ['i32.add'],
  ];
  const blocks = listing(
    { params: ['i32'], results: ['i32'], locals: ['i32', 'i32', 'i32'], body },
    [0],
    buildFor(cores['cortex-m4'], true),
  );
  const outer = blocks.filter((b) => b.weight === 56).flatMap((b) => b.code);
  expect(outer.filter((t) => t.endsWith('trap'))).toHaveLength(checks);
});

/*
 * x &= 255; for (i = 0; i < 6; i++) sum += load8(x + i + 8192); for (i = 0; i < 14; i++) sum += load8(x + i + 12288);
 *   gcc 12.2 -O2 -mcpu=cortex-m4, the second loop, which reads the length itself while loops test at their tops   ldrsb r2, [r3, #1]!; cmp r3, r1; add r0, r0, r2; beq.n; add r2, r3, ip; cmp r2, r4; bls.n
 */
it('does not count on to a trap where only another loop bounds the length before', () => {
  const walk = (variable: number, to: number, offset: number): Op[] => [
    ['i32.const', 0],
    ['local.set', variable],
    ['loop', 'void'],
    ['local.get', variable],
    ['i32.const', to],
    ['i32.lt_u'],
    ['if', 'void'],
    ['local.get', 2],
    ['local.get', 0],
    ['local.get', variable],
    ['i32.add'],
    ['i32.load8_s', offset, 0],
    ['i32.add'],
    ['local.set', 2],
    ['local.get', variable],
    ['i32.const', 1],
    ['i32.add'],
    ['local.set', variable],
    ['br', 1],
    ['end'],
    ['end'],
  ];
  const body: Op[] = [
    ['local.get', 0],
    ['i32.const', 255],
    ['i32.and'],
    ['local.set', 0],
    ...walk(1, 6, 8192),
    ...walk(1, 14, 12288),
    ['local.get', 2],
  ];
  const source = {
    params: ['i32' as const],
    results: ['i32' as const],
    locals: ['i32', 'i32'] as const,
    body,
  };
  const text = hottest(
    listing({ ...source, locals: ['i32', 'i32'] }, [3], buildFor(cores['cortex-m4'], true)),
  );
  expect(text.filter((t) => t.endsWith('trap'))).toEqual(['bhi trap']);
  expect(text).not.toContain('adc');
});

describe('the end of a check, gcc 12.2 -O2 -mcpu=cortex-m4 of wasm2c', () => {
  /*
   * store32(p, q); store32(q, p); store32(p, 3 * q)
   *   adds r5, r1, #4; adc lr, ip, #0; cmp r3, r5; sbcs r3, ip, lr; bcc; ...; adds r6, r2, #4; adc r3, ip, #0; cmp r7, r6; sbcs r3, ip, r3; bcc; ...
   *   cmp r3, r5; sbcs lr, ip, lr; add r2, r2, r2, lsl #1; bcc
   */
  it('is made once, whatever length it is compared with', () => {
    const store = (to: number, value: Op[]): Op[] => [['local.get', to], ...value, ['i32.store', 0, 0]];
    const [block] = listing(
      {
        params: ['i32', 'i32'],
        body: [
          ...store(0, [['local.get', 1]]),
          ...store(1, [['local.get', 0]]),
          ...store(0, [['local.get', 1], ['i32.const', 3], ['i32.mul']]),
        ],
      },
      [1024, 2048],
      buildFor(cores['cortex-m4'], true),
    );
    const of = (kind: string): number => block!.code.filter((t) => t === kind).length;
    expect([of('adds'), of('adc'), of('sbcs')]).toEqual([2, 2, 3]);
  });
});
