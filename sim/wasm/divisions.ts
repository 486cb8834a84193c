/**
 * What divisions of 64 bits divide: routines of the compiler's library, which take as long as the words and the quotient are. Dividend and divisor are taken without
 * their signs, as the routines do. A quotient of `rounds` + 1 bits is found bit by bit: the first one, then one a round.
 */
import type { ModuleAnalysis } from './analysis.ts';
import type { Instruction } from './module.ts';
import { sitesOf, type Counted, type Family, type Site } from './operand-counters.ts';
import { Writer } from './writer.ts';

export interface DivisionSite extends Site {
  signed: boolean;
}

export const divisionCounters = [
  /** Runs with a negative dividend, and divisor. */
  'negativeDividends',
  'negativeDivisors',
  /** Runs with a divisor of more than 32 bits; those of them whose quotient is 0; all whose quotient is 0. */
  'wide',
  'short',
  'zero',
  /** Runs with a quotient of more than 32 bits. */
  'long',
  /** Runs with a quotient and a dividend of at most 32 bits. */
  'low',
  /** Bits that the dividend is longer than the divisor; runs with a quotient where it is not; runs whose quotient has one more. */
  'rounds',
  'level',
  'top',
  /** Ones among the bits of the rounds, and how often one of them differs from the one before. */
  'ones',
  'changes',
] as const;

export type DivisionCounter = (typeof divisionCounters)[number];

/** What an instruction divided over all its runs. */
export type Division = Counted<DivisionSite, DivisionCounter>;

export const isWideDivision = ({ name }: Instruction): boolean => /^i64\.(div|rem)_[su]$/.test(name);

export const divisions: Family<DivisionSite> = {
  names: divisionCounters,
  sites: (analysis) =>
    sitesOf(analysis, isWideDivision).map((site) => ({
      ...site,
      signed: analysis.functions[site.f]!.wasm.body[site.at]!.name.endsWith('_s'),
    })),
  // two i64, one i64
  type: () => new Writer().bytes([0x60, 2, 0x7e, 0x7e, 1, 0x7e]),
  body,
};

const i64 = {
  eqz: 0x50,
  ne: 0x52,
  clz: 0x79,
  popcnt: 0x7b,
  add: 0x7c,
  subtract: 0x7d,
  divide: 0x80,
  and: 0x83,
  xor: 0x85,
  shiftLeft: 0x86,
  shiftSigned: 0x87,
  shift: 0x88,
} as const;
const extend = 0xad; // i64.extend_i32_u
const [zero, one] = [
  [0x42, 0],
  [0x42, 1],
];
const bits = (n: 32 | 63) => [0x42, n === 32 ? 0x20 : 0x3f];

function body({ bytes, functions }: ModuleAnalysis, site: DivisionSite, first: number): Writer {
  const { offset, end } = functions[site.f]!.wasm.body[site.at]!;
  const [a, b, n, d, quotient, rounds, found, result] = [0, 1, 2, 3, 4, 5, 6, 7].map((local) => ({
    get: [0x20, local],
    set: [0x21, local],
  })) as Record<'get' | 'set', number[]>[] as [Local, Local, Local, Local, Local, Local, Local, Local];
  const out = new Writer().bytes([1, 6, 0x7e]); // six locals
  // What traps does so as it stands in the module.
  out
    .bytes([...a.get, ...b.get])
    .bytes(bytes.subarray(offset, end))
    .bytes(result.set);
  const magnitude = (v: Local) => {
    if (!site.signed) return v.get;
    const sign = [...v.get, ...bits(63), i64.shiftSigned];
    return [...v.get, ...sign, i64.xor, ...sign, i64.subtract];
  };
  out.bytes([...magnitude(a), ...n.set, ...magnitude(b), ...d.set]);
  out.bytes([...n.get, ...d.get, i64.divide, ...quotient.set]);
  const high = (v: Local) => [...v.get, ...bits(32), i64.shift];
  const has = [...quotient.get, ...zero, i64.ne];
  const longer = [...d.get, i64.clz, ...n.get, i64.clz, i64.subtract];
  out.bytes([...longer, ...zero, ...has, 0x1b, ...rounds.set]); // select
  const mask = (places: number[]) => [...one, ...places, i64.shiftLeft, ...one, i64.subtract];
  out.bytes([...quotient.get, ...mask(rounds.get), i64.and, ...found.set]);
  const negative = (v: Local) => (site.signed ? [...v.get, ...bits(63), i64.shift] : zero);
  const both = (x: number[], y: number[]) => [...x, ...y, 0x71]; // i32.and
  const wide = [...high(d), ...zero, i64.ne];
  const none = [...quotient.get, i64.eqz];
  const values: Record<DivisionCounter, number[]> = {
    negativeDividends: negative(a),
    negativeDivisors: negative(b),
    wide: [...wide, extend],
    short: [...both(wide, none), extend],
    zero: [...none, extend],
    long: [...high(quotient), ...zero, i64.ne, extend],
    low: [...both([...high(n), i64.eqz], has), extend],
    rounds: rounds.get,
    level: [...both([...rounds.get, i64.eqz], has), extend],
    top: [...quotient.get, ...rounds.get, i64.shift, ...one, i64.and],
    ones: [...found.get, i64.popcnt],
    changes: [
      ...[...found.get, ...found.get, ...one, i64.shift, i64.xor],
      ...[...mask([...rounds.get, ...one, i64.subtract]), i64.and, i64.popcnt],
    ],
  };
  divisionCounters.forEach((counter, k) =>
    out
      .bytes([0x23])
      .u32(first + k)
      .bytes(values[counter])
      .bytes([i64.add, 0x24])
      .u32(first + k),
  );
  return out.bytes([...result.get, 0x0b]);
}

type Local = Record<'get' | 'set', number[]>;
