/** What a comparison by itself says (tree_predict_by_opcode of predict.c): values differ, and most are positive. */
import { resolve, isConst, type Node } from '../ir.ts';

const floatOnes = new Set([0, 1, -1]);

/** How likely a condition is true, and by which predictor. */
export function guessByOpcode(condition: Node): { predictor: string; probability: number } | null {
  const { op } = condition;
  if (op === 'float') return ofFloats(condition);
  if (!/^(eq|ne|[lg][te]_[su])$/.test(op)) return null;
  const [x, y] = condition.args.map(resolve) as [Node, Node];
  if (op === 'eq' || op === 'ne') return isConst(x, 0) || isConst(y, 0) ? null : nonequal(op === 'ne');
  if (!isConst(y)) return null;
  const relation = op.slice(0, 2);
  const unsigned = op.endsWith('_u');
  let value = y.value;
  if (unsigned) value = x.type === 'i64' ? BigInt.asUintN(64, value) : BigInt.asUintN(32, value);
  const strict = /^[lg]t$/.test(relation);
  // match.pd: x < c is x <= c - 1, x >= c is x > c - 1, where c is positive.
  const moved = value > 0n && (relation === 'lt' || relation === 'ge');
  const limit = moved ? value - 1n : value;
  const up = relation.startsWith('g');
  if (unsigned) {
    const top = x.type === 'i64' ? 2n ** 64n - 1n : 2n ** 32n - 1n;
    // Next to the ends of its range a comparison is one of equality: to zero that says nothing.
    if ((moved || relation === 'gt' || relation === 'le') && limit === 0n) return null;
    if (limit === top - 1n) return nonequal(!up);
    if (limit === top) return nonequal(strict !== up);
  }
  return limit >= -1n && limit <= 1n ? positive(up) : null;
}

const nonequal = (is: boolean) => ({ predictor: 'opcode nonequal', probability: is ? 6600 : 3400 });
const positive = (is: boolean) => ({ predictor: 'opcode positive', probability: is ? 5900 : 4100 });

function ofFloats({ name, args }: Node): { predictor: string; probability: number } | null {
  const relation = /\.([lg][te])$/.exec(name)?.[1];
  const limit = resolve(args[1]!);
  if (!relation || !isConst(limit)) return null;
  const view = new DataView(new ArrayBuffer(8));
  if (name.startsWith('f64')) view.setBigInt64(0, limit.value);
  else view.setInt32(0, Number(BigInt.asIntN(32, limit.value)));
  const value = name.startsWith('f64') ? view.getFloat64(0) : view.getFloat32(0);
  return floatOnes.has(value) ? positive(relation.startsWith('g')) : null;
}
