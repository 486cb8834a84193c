/**
 * Bits that lie in the lower word of a shift of 64 bits need no other word: combine sees `x0 >> n | x1 << (32 - n)`, and a mask, an extension or a narrow store that
 * ends before what comes from above (force_to_mode). A mask that leaves nothing of the lower word is a shift of the upper one.
 */
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';
import { usersOf, type Users } from './users.ts';

export function narrowShifts(g: Graph): void {
  const shifts = (n: Node) => n.type === 'i64' && /^shr_[su]$/.test(n.op);
  if (!g.blocks.some((b) => b.nodes.some(shifts))) return;
  const users = usersOf(g);
  for (const b of g.blocks)
    for (const n of b.nodes.slice()) {
      if (takeUpperWord(g, b, n, users)) continue;
      const field = fieldOf(n);
      const shift = field && shiftOf(field.of, users);
      if (!shift || shift.by + field.bits > 32) continue;
      const { of, by, origin } = shift;
      const word = g.node(b, 'wrap', 'i32', [of], { origin });
      const moved = g.node(b, 'shr_u', 'i32', [word, g.constant('i32', BigInt(by))], { origin });
      b.nodes.splice(b.nodes.indexOf(n), 0, word, moved);
      n.args = n.args.map((a) => (resolve(a) === field.of ? moved : a));
      drop(field.of);
    }
}

/** A word and the shift that it is of. */
function drop(word: Node): void {
  for (const gone of [word, resolve(word.args[0]!)])
    gone.block.nodes.splice(gone.block.nodes.indexOf(gone), 1);
}

function takeUpperWord(g: Graph, b: Block, n: Node, users: Users): boolean {
  const [x, y] = n.args.map(resolve);
  if (n.op !== 'and' || n.type !== 'i32' || !isConst(y!)) return false;
  const shift = shiftOf(x!, users);
  if (!shift || shift.by === 0) return false;
  const { of, by, origin } = shift;
  const above = BigInt.asUintN(32, -1n << BigInt(32 - by));
  const mask = BigInt.asUintN(32, y!.value);
  if ((mask & ~above) !== 0n) return false;
  const upper = g.node(b, 'shr_u', 'i64', [of, g.constant('i64', 32n)], { origin });
  const word = g.node(b, 'wrap', 'i32', [upper], { origin });
  const moved = [word, g.constant('i32', BigInt(32 - by))];
  const made = [upper, word];
  if (mask === above) {
    n.op = 'shl';
    n.args = moved;
  } else {
    const all = g.node(b, 'shl', 'i32', moved, { origin });
    n.args = [all, y!];
    made.push(all);
  }
  b.nodes.splice(b.nodes.indexOf(n), 0, ...made);
  drop(x!);
  return true;
}

/** How many of a value's low bits are all that something reads. */
function fieldOf(n: Node): { of: Node; bits: number } | null {
  const [x, y] = n.args.map(resolve);
  if (n.op === 'ext8' || n.op === 'ext16') return { of: x!, bits: n.op === 'ext8' ? 8 : 16 };
  if (n.op === 'store' && n.bytes < 4 && y!.type === 'i32') return { of: y!, bits: 8 * n.bytes };
  if (n.op !== 'and' || n.type !== 'i32' || !isConst(y!) || y.value < 0n) return null;
  return { of: x!, bits: y.value.toString(2).length };
}

/** The low word of a shift to the right that nothing else reads. */
function shiftOf(word: Node, users: Users): { of: Node; by: number; origin: Node['origin'] } | null {
  const alone = (n: Node) => (users.get(n) ?? []).length === 1;
  if (word.op !== 'wrap' || !alone(word)) return null;
  const shift = resolve(word.args[0]!);
  const by = shift.args[1] && resolve(shift.args[1]);
  if (!/^shr_[su]$/.test(shift.op) || !by || !isConst(by) || !alone(shift)) return null;
  const places = Number(by.value & 63n);
  return places < 32 ? { of: resolve(shift.args[0]!), by: places, origin: shift.origin } : null;
}
