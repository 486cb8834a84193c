import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import { assemble, type FunctionSource, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { buildFor } from './build.ts';
import { compileModule } from './compile.ts';
import { listing } from './listing.ts';

/** for (i = n; i > 0; i--) store16(x + i, clamp(x + i)) and the like: the blocks of the loop. */
function loop(inside: Op[], core: 'cortex-m4' | 'cortex-a7'): string[][] {
  const body: Op[] = [
    ['loop', 'void'],
    ...inside,
    ['local.get', 0],
    ['i32.const', -4],
    ['i32.add'],
    ['local.tee', 0],
    ['br_if', 0],
    ['end'],
    ['local.get', 2],
  ];
  const source: FunctionSource = { params: ['i32', 'i32'], results: ['i32'], locals: ['i32'], body };
  const blocks = listing(source, [400, 3], buildFor(cores[core], false));
  return blocks.filter((b) => b.weight > 1).map((b) => b.code);
}

const clamped: Op[] = [
  ['local.get', 0],
  ['local.get', 0],
  ['i32.load', 0, 2],
  ['local.tee', 2],
  ['i32.const', -32768],
  ['local.get', 2],
  ['i32.const', -32768],
  ['i32.gt_s'],
  ['select'],
  ['i32.const', 32767],
  ['local.get', 2],
  ['i32.const', 32767],
  ['i32.lt_s'],
  ['select'],
  ['i32.store16', 0, 1],
];

/*
 * The turn of kernel clampadd, gcc 12.2 for the Cortex-M4:
 *   cmn.w r3, #32768;  bge.n 1e2;  (1e2:) cmp.w r3, #32768;  bge.n 244;  uxth r3, r3;  strh r3, [r1, r7];  (244:) movw r3, #32767;  b.n 1ea
 */
it('branches to what a bound sets where branches are cheap', () => {
  const code = loop(clamped, 'cortex-m4').flat();
  const tests = code.filter((t) => /^(cmp|b<cc>|uxth|it|mov<cc>)/.test(t)).map((t) => t.split(' ')[0]);
  expect(tests.toSorted()).toEqual(['b<cc>', 'b<cc>', 'b<cc>', 'cmp', 'cmp', 'uxth']);
});

/*
 * For the Cortex-A7:
 *   cmn.w r3, #32768;  it lt;  movlt.w r3, #32768;  blt.n 1053a;  cmp.w r3, #32768;  ite lt;  uxthlt r3, r3;  movwge r3, #32767;  (1053a:) strh r3, [r1, r7]
 */
it('sets the first bound under its condition and goes around the second test where branches are dear', () => {
  const code = loop(clamped, 'cortex-a7');
  const kinds = (b: string[]) =>
    b.filter((t) => /^(cmp #?-?3|cmp reg|b<cc>|uxth|it|mov<cc>|str)/.test(t)).map((t) => t.split(' ')[0]);
  expect(code.map(kinds)).toEqual([
    ['cmp', 'it', 'mov<cc>', 'b<cc>'],
    ['cmp', 'it', 'uxth', 'mov<cc>'],
    ['strh', 'b<cc>'],
  ]);
});

/* Kernel xorshift, `if (x > 0 ? y & 8 : 0)`: cmp.w r8, #0;  ble.n 21c;  eor.w r8, r3, r2;  tst.w r8, #8;  beq.n 21c */
it('tests the second half of a condition only where the first holds', () => {
  const inside: Op[] = [
    ['local.get', 0],
    ['i32.load', 0, 2],
    ['i32.const', 1],
    ['i32.or'],
    ['local.set', 2],
    ['block', 'void'],
    ['local.get', 2],
    ['local.get', 1],
    ['i32.xor'],
    ['i32.const', 8],
    ['i32.and'],
    ['i32.const', 0],
    ['local.get', 2],
    ['i32.const', 0],
    ['i32.gt_s'],
    ['select'],
    ['i32.eqz'],
    ['br_if', 0],
    ['local.get', 0],
    ['local.get', 2],
    ['i32.store', 64, 2],
    ['local.get', 0],
    ['local.get', 2],
    ['i32.store', 128, 2],
    ['local.get', 0],
    ['local.get', 2],
    ['i32.store', 256, 2],
    ['end'],
  ];
  const code = loop(inside, 'cortex-m4').map((b) =>
    b.filter((t) => /^(cmp|b<cc>|eor|xor|lsls|tst|it)/.test(t)),
  );
  expect(code.slice(0, 2)).toEqual([
    ['cmp #0', 'b<cc>'],
    ['xor reg', 'lsls test', 'b<cc>'],
  ]);
});

/** A clamp of memory at 100 places of which `cut` hold more than it lets pass: how often its first and second bound are set. */
it.each([0, 30, 100])('weighs branches by how choices fell: %i of 100 rounds cut', (cut) => {
  const body: Op[] = [
    ['loop', 'void'],
    ...clamped,
    ['local.get', 0],
    ['i32.const', -4],
    ['i32.add'],
    ['local.tee', 0],
    ['br_if', 0],
    ['end'],
  ];
  const analysis = analyse(assemble([{ export: 'run', params: ['i32', 'i32'], locals: ['i32'], body }]));
  const counts = measure(instrument(analysis), ({ exports }) => {
    const memory = new Int32Array((exports.memory as WebAssembly.Memory).buffer);
    memory.fill(70000, 1, 1 + cut);
    (exports.run as (at: number, to: number) => void)(400, 30000);
  });
  const [compiled] = compileModule(analysis, counts, buildFor(cores['cortex-m4'], false));
  const tests = compiled!.allocation.code.blocks.filter((b) => b.successors.length === 2 && b.weight > 1);
  const rarer = tests.map((b) => Math.min(...b.successors.map((s) => s.weight)));
  expect(rarer.reduce((a, b) => Math.max(a, b), 0)).toBeCloseTo(Math.min(cut, 100 - cut) || 1, 6);
});
