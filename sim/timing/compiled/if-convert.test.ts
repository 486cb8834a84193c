import { expect, it } from 'vitest';
import { cores } from '../../cores/index.ts';
import type { Op } from '../../wasm/assemble.ts';
import { buildFor } from './build.ts';
import { listing } from './listing.ts';

const get = (n: number): Op => ['local.get', n];
/** x = x op y */
const set = (x: number, op: 'i32.add' | 'i32.sub' | 'i32.xor', y: number): Op[] => [
  get(x),
  get(y),
  [op],
  ['local.set', x],
];
const [a, b, c, d] = [0, 1, 2, 3];
const two = [...set(c, 'i32.xor', a), ...set(d, 'i32.add', b)];
const three = [...two, ...set(b, 'i32.sub', c)];
const other = [...set(c, 'i32.add', b), ...set(d, 'i32.xor', a)];

/*
 * if (a > b) { c ^= a; d += b; [b -= c;] } [else { c += b; d ^= a; }] return c * d + b; gcc 12.2 -O2:
 *   two on one side                   M4  cmp; itt gt; eorgt; addgt; mla                  A7  the same
 *   three on one side                 M4  cmp; ble; eors; add; subs; mla                  A7  cmp; ittt gt; eorgt; addgt; subgt; mla
 *   two on both                       M4  cmp; itete gt; eorgt; addle; addgt; eorle; mla  A7  the same
 *   three on one and two on the other M4  cmp; ble; ...                                   A7  cmp; itete gt; ...; it gt; subgt; mla
 */
it.each([
  ['two on one side', two, [], false, false],
  ['three on one side', three, [], true, false],
  ['two on both sides', two, other, false, false],
  ['five on both sides', three, other, true, false],
] as const)('branches around %s only where the core has it so', (_, then, orElse, m4, a7) => {
  const body: Op[] = [
    get(a),
    get(b),
    ['i32.gt_s'],
    ['if', 'void'],
    ...then,
    ...(orElse.length ? ([['else'], ...orElse] as Op[]) : []),
    ['end'],
    get(c),
    get(d),
    ['i32.mul'],
    get(b),
    ['i32.add'],
  ];
  const source = { params: ['i32', 'i32', 'i32', 'i32'], results: ['i32'], body };
  const branches = (core: 'cortex-m4' | 'cortex-a7') =>
    listing(source, [5, 3, 1, 1], buildFor(cores[core], false))
      .flatMap((x) => x.code)
      .includes('b<cc>');
  expect([branches('cortex-m4'), branches('cortex-a7')]).toEqual([m4, a7]);
});

/*
 * Each side steps two variables that the other leaves: gcc 12.2 -O2 -mcpu=cortex-m4, no branch but the loop's
 *   cmp r3, #0;  ittee lt;  addlt lr, #1;  addlt r4, r3;  addge ip, #1;  addge r2, r3
 */
it('counts no copies of what each side leaves as it is', () => {
  const step = (x: number, by: Op): Op[] => [get(x), by, ['i32.add'], ['local.set', x]];
  const [p, n, v] = [0, 1, 6];
  const body: Op[] = [
    ['loop', 'void'],
    ...[get(p), ['i32.load', 0], ['local.set', v]],
    ...step(p, ['i32.const', 4]),
    ...[get(v), ['i32.const', 0], ['i32.lt_s'], ['if', 'void']],
    ...[...step(2, ['i32.const', 1]), ...step(3, get(v)), ['else']],
    ...[...step(4, ['i32.const', 1]), ...step(5, get(v)), ['end']],
    ...[get(n), ['i32.const', 1], ['i32.sub'], ['local.tee', n], ['br_if', 0], ['end']],
    ...[get(2), get(3), ['i32.xor'], get(4), get(5), ['i32.xor'], ['i32.add']],
  ] as Op[];
  const code = listing(
    { params: ['i32', 'i32'], results: ['i32'], locals: ['i32', 'i32', 'i32', 'i32', 'i32'], body },
    [1024, 5],
    buildFor(cores['cortex-m4'], true),
  ).flatMap((x) => x.code);
  expect(code.filter((t) => t.startsWith('b<cc>'))).toHaveLength(1);
});
