import { expect, it } from 'vitest';
import { assemble, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { firmware } from './build.ts';
import { compileModule } from './compile.ts';
import { earlyGraphs } from './early-graphs.ts';
import { knownParameters } from './parameters.ts';

/*
 * mix(p, start, end): four times store32(p, x + (x >> 7)) of x = load32(p) * k ^ start; two calls, with p 1024 and 2048, start 48 in both, end from outside.
 *   gcc 12.2 -O2 -mcpu=cortex-m4, with checks, w2c_f1.part.0.constprop.0
 *     add ip, r1, #4; mov lr, #48; ldr r3, [r0, #12]; cmp r3, ip; bcc; add r3, r3, r3, lsl #2; eor r6, r3, #48
 *   of a function that is also exported: adds, adc, cmp, sbcs, and eor with a register
 */
const mix = (by: number): Op[] =>
  [
    ['local.get', 0],
    ['i32.load', 0, 0],
    ['i32.const', by],
    ['i32.mul'],
    ['local.get', 1],
    ['i32.xor'],
    ['local.set', 4],
    ['local.get', 0],
    ['local.get', 4],
    ['local.get', 4],
    ['i32.const', 7],
    ['i32.shr_u'],
    ['i32.add'],
    ['i32.store', 0, 0],
  ] as Op[];
const body: Op[] = [
  ['local.get', 1],
  ['local.set', 3],
  ['loop', 'void'],
  ...[5, 77, 1001, -5].flatMap(mix),
  ['local.get', 3],
  ['i32.const', 4],
  ['i32.add'],
  ['local.tee', 3],
  ['local.get', 2],
  ['i32.ne'],
  ['br_if', 0],
  ['end'],
] as Op[];
const call = (at: number): Op[] => [
  ['i32.const', at],
  ['i32.const', 48],
  ['local.get', 0],
  ['call', 1],
];
const run = { params: ['i32' as const], body: [...call(1024), ...call(2048)] };
const mixed = {
  params: ['i32' as const, 'i32' as const, 'i32' as const],
  locals: ['i32' as const, 'i32' as const],
  body,
};

function compiled(exported: boolean) {
  const analysis = analyse(
    assemble([{ export: 'run', ...run }, exported ? { export: 'mix', ...mixed } : mixed]),
  );
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (n: number) => unknown)(64);
  });
  const parameters = knownParameters(analysis, earlyGraphs(analysis, counts, firmware(true)));
  const code = compileModule(analysis, counts, firmware(true))
    .filter(({ root }) => root === analysis.functions[1])
    .flatMap(({ allocation }) => allocation.code.blocks.flatMap((b) => b.code.map((m) => m.text)));
  return { facts: parameters(1), code };
}

it('puts constants that all calls pass in the place of parameters, and bounds the others', () => {
  const { facts, code } = compiled(false);
  expect(facts).toEqual([
    { constant: null, range: { low: 1024, high: 2048 } },
    { constant: 48n, range: { low: 48, high: 48 } },
    { constant: null, range: null },
  ]);
  expect(code).toContain('cmp end');
  expect(code.filter((t) => /^(adds|adc|sbcs)/.test(t))).toEqual([]);
});

it('knows nothing of what may be called from outside', () => {
  const { facts, code } = compiled(true);
  expect(facts).toEqual([]);
  expect(code).toContain('sbcs');
});

// gcc 12.2 -O2 -mcpu=cortex-m4 -fdump-ipa-cp-details of fenwick: Unknown VR for w2c_i0_39 = i32_load8_u (_6, _9) with checks; without, the accessor is in its caller before
it('passes the range of a load on where its accessor is no call', () => {
  const loads = {
    params: ['i32' as const],
    body: [
      ['local.get', 0],
      ['i32.load8_u', 0],
      ['call', 1],
    ] as Op[],
  };
  const taken = { params: ['i32' as const], body: [['local.get', 0], ['drop']] as Op[] };
  const analysis = analyse(assemble([{ export: 'run', ...loads }, taken]));
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (n: number) => unknown)(64);
  });
  const rangeWhen = (checked: boolean) =>
    knownParameters(analysis, earlyGraphs(analysis, counts, firmware(checked)), () => true, checked)(1)[0]!
      .range;
  expect(rangeWhen(true)).toBeNull();
  expect(rangeWhen(false)).toEqual({ low: 0, high: 255 });
});
