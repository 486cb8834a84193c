/**
 * Words of 64-bit operands as the second operand of an instruction. gcc splits 64-bit arithmetic into words when it expands (optabs.c, arm.md), so combine sees
 * words: one that is a plain shift of a register goes along as a shifted operand, and a word that is a constant as an immediate.
 */
import { resolve, type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

/** A word that is known: of a constant, the upper one of a widened value, the one that a shift empties. */
export function wordConstant(node: Node, half: number, depth = 0): number | null {
  const n = resolve(node);
  if (n.op === 'const') return Number(BigInt.asIntN(32, half ? n.value >> 32n : n.value));
  if (n.op === 'zext' && half === 1) return 0;
  if (depth > 4) return null;
  if (n.op === 'shr_u' && n.type === 'i64' && half === 1 && wordConstant(n.args[0]!, 1, depth + 1) === 0)
    return 0;
  const by = shiftOf(n);
  if (by !== null) {
    const emptied = (n.op === 'shr_u' && half === 1) || (n.op === 'shl' && half === 0);
    return by >= 32 && emptied ? 0 : null;
  }
  if (!/^(and|or|xor)$/.test(n.op)) return null;
  const [x, y] = n.args.map((a) => wordConstant(a, half, depth + 1));
  if (n.op === 'and') return x === 0 || y === 0 ? 0 : null;
  return x === 0 && y === 0 ? 0 : null;
}

/** Whether a shift of one register makes a word; a word of a value that is used once more stays in its own register. */
function wordShift(l: Lowering, n: Node, half: number): { of: Node; word: number } | null {
  if (!l.isLazy(n) || l.registers.has(l.key(n, half)) || (l.users.get(n)?.length ?? 0) !== 1) return null;
  if (n.op === 'sext' && half === 1) return { of: n.args[0]!, word: 0 };
  const by = shiftOf(n);
  if (by === null || by === 0 || by === 32) return null;
  if (n.op === 'shl') {
    if (half === 1 && by > 32) return { of: n.args[0]!, word: 0 };
    return half === 0 && by > 1 && by < 32 ? { of: n.args[0]!, word: 0 } : null;
  }
  if (half === 1) return by < 32 || n.op === 'shr_s' ? { of: n.args[0]!, word: 1 } : null;
  return by > 32 ? { of: n.args[0]!, word: 1 } : null;
}

/** Takes a word of an operand along as a shifted register where it is one; the value then makes its other word only. */
export function foldedWord(l: Lowering, node: Node, half: number): number | null {
  const n = resolve(node);
  const shift = wordShift(l, n, half);
  if (!shift) return null;
  l.folded.add(l.key(n, half));
  return l.value(shift.of, shift.word);
}

export const isFoldable = (l: Lowering, node: Node, half: number): boolean =>
  wordShift(l, resolve(node), half) !== null;

function shiftOf(n: Node): number | null {
  if (!/^(shl|shr_s|shr_u)$/.test(n.op) || n.type !== 'i64') return null;
  const by = resolve(n.args[1]!);
  return by.op === 'const' ? Number(by.value & 63n) : null;
}
