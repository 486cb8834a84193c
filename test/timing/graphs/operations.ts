/** The operations of the graph that have a value and no effect, as expressions of this engine. */
import { resolve, type Node } from '../../../sim/timing/compiled/ir.ts';

/** Where linear memory lies. */
export const BASE = 0x10000000;

type Expression = (n: Node, args: string[]) => string;

const isWide = ({ type }: Node): boolean => type === 'i64' || type === 'f64';
const of = (n: Node, k = 0): Node => resolve(n.args[k]!);
/** As wide as the result, as a sum of words is. */
const wrapped = (n: Node, text: string): string =>
  isWide(n) ? `BigInt.asIntN(64, ${text})` : `(${text}) | 0`;
const unsigned = (n: Node, text: string): string =>
  isWide(n) ? `BigInt.asUintN(64, ${text})` : `(${text} >>> 0)`;
/** A count of bits to shift by. */
const by = (n: Node, text: string): string =>
  isWide(n) ? `(BigInt(${text}) & 63n)` : `(Number(${text}) & 31)`;

const plain =
  (operator: string): Expression =>
  (n, [x, y]) =>
    wrapped(n, `${x} ${operator} ${y}`);

const compared =
  (operator: string, signed = true): Expression =>
  (n, [x, y]) =>
    signed
      ? `Number(${x} ${operator} ${y})`
      : `Number(${unsigned(of(n), x!)} ${operator} ${unsigned(of(n, 1), y!)})`;

/** A divisor of zero has a result on Arm, which nothing reads. */
const divided =
  (operator: string, signed: boolean): Expression =>
  (n, [x, y]) => {
    const [a, b] = signed ? [x, y] : [unsigned(n, x!), unsigned(n, y!)];
    const none = isWide(n) ? '0n' : '0';
    return `${b} == 0 ? ${none} : ${wrapped(n, `${a} ${operator} ${b}`)}`;
  };

const shiftedLeft: Expression = (n, [x, y]) => wrapped(n, `${x} << ${by(n, y!)}`);
const shiftedRight: Expression = (n, [x, y]) => wrapped(n, `${x} >> ${by(n, y!)}`);
const shiftedDown: Expression = (n, [x, y]) =>
  isWide(n) ? wrapped(n, `${unsigned(n, x!)} >> ${by(n, y!)}`) : `(${x} >>> ${by(n, y!)}) | 0`;

const turned =
  (left: boolean): Expression =>
  (n, [x, y]) => {
    const s = by(n, y!);
    if (isWide(n)) {
      const count = left ? s : `((64n - ${s}) & 63n)`;
      return wrapped(n, `(${x} << ${count}) | (${unsigned(n, x!)} >> (64n - ${count}))`);
    }
    const count = left ? s : `(32 - ${s} & 31)`;
    return `((${x} << (${count})) | (${count} ? ${x} >>> (32 - (${count})) : 0))`;
  };

const counted =
  (kind: string): Expression =>
  (n, [x]) => {
    const count = `m.count(${unsigned(of(n), x!)}, '${kind}${isWide(of(n)) ? 64 : 32}')`;
    return isWide(n) ? `BigInt(${count})` : n.name === 'parity' ? `${count} & 1` : count;
  };

const loaded = (n: Node, at: string): string => {
  const address = `(${at} + ${n.offset}) >>> 0`;
  if (!isWide(n)) return `m.load(${address}, ${n.bytes}, ${n.signed})`;
  if (n.bytes === 8) return `m.load64(${address})`;
  return `BigInt(m.load(${address}, ${n.bytes}, ${n.signed})${n.signed ? '' : ' >>> 0'})`;
};

const operations: Record<string, Expression> = {
  param: (n) => `args[${n.value}]`,
  base: () => `${BASE}`,
  pool: () => `${BASE}`,
  size: () => 'm.size()',
  pages: () => '(m.size() >>> 16)',
  global: (n) => `m.global(${n.value})`,
  address: plain('+'),
  add: plain('+'),
  sub: plain('-'),
  mul: (n, [x, y]) => (isWide(n) ? wrapped(n, `${x} * ${y}`) : `Math.imul(${x}, ${y})`),
  and: plain('&'),
  or: plain('|'),
  xor: plain('^'),
  shl: shiftedLeft,
  shr_s: shiftedRight,
  shr_u: shiftedDown,
  rotl: turned(true),
  rotr: turned(false),
  div_s: divided('/', true),
  div_u: divided('/', false),
  rem_s: divided('%', true),
  rem_u: divided('%', false),
  eq: compared('==='),
  ne: compared('!=='),
  lt_s: compared('<'),
  gt_s: compared('>'),
  le_s: compared('<='),
  ge_s: compared('>='),
  lt_u: compared('<', false),
  gt_u: compared('>', false),
  le_u: compared('<=', false),
  ge_u: compared('>=', false),
  wrap: (_, [x]) => `Number(BigInt.asIntN(32, BigInt(${x})))`,
  sext: (_, [x]) => `BigInt(${x})`,
  zext: (_, [x]) => `BigInt(${x} >>> 0)`,
  ext8: (n, [x]) => (isWide(n) ? `BigInt.asIntN(8, ${x})` : `(${x} << 24 >> 24)`),
  ext16: (n, [x]) => (isWide(n) ? `BigInt.asIntN(16, ${x})` : `(${x} << 16 >> 16)`),
  clz: counted('clz'),
  ctz: counted('ctz'),
  popcnt: counted('popcnt'),
  bswap: (_, [x]) => `((${x} >>> 24) | ((${x} >> 8) & 0xff00) | ((${x} << 8) & 0xff0000) | (${x} << 24))`,
  select: (_, [c, x, y]) => `(${c} != 0 ? ${x} : ${y})`,
  copy: (_, [x]) => x!,
  load: (n, [at]) => loaded(n, at!),
  accessor: (n, [base, , address]) => loaded(n, `(${base} + ${address})`),
  float: (n, args) => `m.float('${n.name}', [${args}])`,
};

export function operation(n: Node, args: string[]): string {
  const expression = operations[n.op];
  if (!expression) throw new Error(`an operation that nobody runs: ${n.op}`);
  return expression(n, args);
}
