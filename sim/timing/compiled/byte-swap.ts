/** Byte swaps put together from shifts, rotations and masks (gcc's gimple-ssa-store-merging.cc, pass_optimize_bswap). */
import { isConst, resolve, type Node } from './ir.ts';

/** Bytes of a value, lowest first, as bytes of `of` (1 the lowest, 0 none). */
interface Bytes {
  of: Node | null;
  map: readonly number[];
}

/** More operations than this are not followed, as gcc has it for 32 bits. */
const deepest = 8;

/** The value whose bytes `n` has in the opposite order. */
export function swappedBytes(n: Node): Node | null {
  if (n.op !== 'or' || n.type !== 'i32') return null;
  const bytes = bytesOf(n, 0);
  return bytes?.of && bytes.map.join() === '4,3,2,1' ? bytes.of : null;
}

function bytesOf(node: Node, depth: number): Bytes | null {
  const n = resolve(node);
  const [a, b] = n.args.map(resolve);
  const whole: Bytes = { of: n, map: [1, 2, 3, 4] };
  if (depth > deepest || n.type !== 'i32') return null;
  if (n.op === 'or') {
    const [x, y] = [bytesOf(a!, depth + 1), bytesOf(b!, depth + 1)];
    if (!x || !y || x.of !== y.of || x.map.some((v, i) => v > 0 && y.map[i]! > 0 && v !== y.map[i]))
      return null;
    return { of: x.of, map: x.map.map((v, i) => v || y.map[i]!) };
  }
  if (!b || !isConst(b) || !/^(shl|shr_u|rotl|rotr|and)$/.test(n.op)) return depth === 0 ? null : whole;
  const x = bytesOf(a!, depth + 1);
  if (!x) return null;
  if (n.op === 'and') {
    const mask = [0, 8, 16, 24].map((s) => Number((BigInt.asUintN(32, b.value) >> BigInt(s)) & 0xffn));
    if (mask.some((m) => m !== 0 && m !== 0xff)) return whole;
    return { of: x.of, map: x.map.map((v, i) => (mask[i] ? v : 0)) };
  }
  const by = Number(b.value) / 8;
  if (!Number.isInteger(by)) return whole;
  if (n.op.startsWith('rot')) {
    const turn = n.op === 'rotl' ? 4 - (by & 3) : by;
    return { of: x.of, map: x.map.map((_, i) => x.map[(i + turn) & 3]!) };
  }
  const from = n.op === 'shl' ? -by : by;
  return { of: x.of, map: x.map.map((_, i) => x.map[i + from] ?? 0) };
}
