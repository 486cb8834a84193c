import { expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import type { AccessKind } from '../../wasm/placed-accesses.ts';
import { firmware } from './build.ts';
import { listing } from './listing.ts';

const get = (i: number): Op => ['local.get', i];

const code = (body: Op[], args: number[], access?: AccessKind, results: string[] = []) =>
  listing(
    { params: args.map(() => 'i32'), locals: ['i32'], results, body },
    args,
    firmware(false, true),
    [],
    access ? { access } : {},
  );
const all = (...given: Parameters<typeof code>): string[] => code(...given).flatMap((b) => b.code);

/*
 * What `escapement export` makes of wasm2c's text (docs/firmware.md), compiled by gcc 12.2 -O2 -mcpu=cortex-m4: the memory's pointer is a constant behind an asm, loaded once.
 *   ldr r3, .L3;  ldr r0, [r3, r1];  str r1, [r3, r2];  add ip, r3, r1;  ldr r3, [ip, #4];  add r0, r0, r3;  bx lr
 */
it('reads the pointer to memory once, whatever is stored', () => {
  const body = [
    get(0),
    ['i32.load', 0],
    get(1),
    get(0),
    ['i32.store', 0],
    get(0),
    ['i32.load', 4],
    ['i32.add'],
  ];
  const made = all(body as Op[], [8, 16], 'ram', ['i32']);
  expect(made.filter((t) => /^(ldr|str)/.test(t))).toEqual(['ldr [pc]', 'ldr', 'str', 'ldr']);
  expect(made.filter((t) => t.startsWith('add'))).toHaveLength(2);
});

// ldr r3, .L3;  adds r0, r3, r1;  ldr r2, [r0, #4];  ldr r0, [r3, r1];  subs r0, r2, r0 (nothing keeps what nobody uses)
it('drops loads that nothing uses', () => {
  const body = [get(0), ['i32.load', 0], ['drop'], get(0), ['i32.load', 4]] as Op[];
  expect(all(body, [8], 'ram', ['i32']).filter((t) => t === 'ldr')).toHaveLength(1);
});

// movw r0, #65528;  cmp r1, r0;  bls .L6;  ...  str r2, [r3, r1];  str r2, [r0, #4]: the second check is behind the first
it('compares an address with a constant, and not again with one that is higher', () => {
  const body = [get(0), get(1), ['i32.store', 4], get(0), get(1), ['i32.store', 0]] as Op[];
  const made = all(body, [8, 9]);
  expect(made.filter((t) => t.endsWith(' trap'))).toEqual(['bhi trap']);
  expect(made).toContain('mov #65528');
});

// uxtb r1, r1;  ldr r3, .L3;  str r2, [r3, r1];  bx lr
it('leaves the comparison out where the address cannot be above', () => {
  const body = [get(0), ['i32.const', 255], ['i32.and'], get(1), ['i32.store', 0]] as Op[];
  expect(all(body, [8, 9]).filter((t) => t.endsWith(' trap'))).toEqual([]);
});

/*
 * sub r0, r1, #4096;  subs r0, r0, #12;  movw lr, #61420;  cmp r0, lr;  bhi .L2;  ...
 * .L2: subs r1, r1, #12;  movw r3, #4092;  cmp r1, r3;  ...  bl wasm_rt_trap
 */
it('asks whether what is not in memory is a constant', () => {
  const read = (at: number) => code([get(0), ['i32.load', 4]], [at], 'any', ['i32']);
  const [ofMemory, ofConstants] = [5000, 64].map((at) =>
    read(at).flatMap((b) => (b.weight > 0 ? b.code : [])),
  );
  expect(ofMemory!.filter((t) => t.startsWith('cmp'))).toHaveLength(1);
  expect(ofConstants!.filter((t) => t.startsWith('cmp'))).toHaveLength(2);
  expect(
    read(64)
      .flatMap((b) => b.code)
      .filter((t) => t === 'ldr [pc]'),
  ).toHaveLength(2);
});

/*
 * The first round's comparison stands before the loop, which ends with that of the next round:
 *   cmp r1, lr;  bhi .L4;  ...  .L3: ldr ip, [r3, r1];  adds r1, #4;  cmp r2, r1;  add r0, r0, ip;  bls .L1;  cmp r1, lr;  bls .L3
 */
it('copies a comparison with a constant in front of a loop together with its test', () => {
  const body = [
    ...[['block', 'void'], ['loop', 'void'], get(0), get(1), ['i32.ge_u'], ['br_if', 1]],
    ...[get(2), get(0), ['i32.load', 0], ['i32.add'], ['local.set', 2]],
    ...[get(0), ['i32.const', 4], ['i32.add'], ['local.set', 0], ['br', 0], ['end'], ['end'], get(2)],
  ] as Op[];
  const blocks = code(body, [0, 40], undefined, ['i32']);
  const weightsOf = (text: string) => blocks.filter((b) => b.code.includes(text)).map((b) => b.weight);
  expect(weightsOf('ldr')).toEqual([10]);
  expect(weightsOf('bhi trap')).toEqual([1, 9]);
});

/*
 * What is loaded as a half and used more than once stays a half: of the loop of pulse-25 on the Cortex-A7
 *   ldrsh ip, [r1, #8];  smlabb r9, ip, r9, r8;  ldrsb r8, [r2, #57];  smlabb r8, ip, r8, fp;  ldrsb fp, [r2, #58];  smlabb fp, ip, fp, sl
 */
it('multiplies halves, and leaves each sum where its factor was', () => {
  const product = (offset: number): Op[] => [get(2), get(1), ['i32.load8_s', offset], ['i32.mul']];
  const body = [
    ...[get(0), ['i32.load16_s', 0], ['local.set', 2]],
    ...[get(0), ...product(0), ['i32.store', 8], ...product(1), get(0), ['i32.load', 4], ['i32.add']],
  ] as Op[];
  expect(all(body, [8, 16], 'ram', ['i32']).filter((t) => /^(sm|mul|mla)/.test(t))).toEqual([
    'smulbb',
    'smlabb',
  ]);
});
