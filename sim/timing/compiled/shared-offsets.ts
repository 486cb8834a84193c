/**
 * Sums of an index and the offset of an access. wasm2c writes `data + (index + offset)`, and the sum in brackets is a value to gcc's tree passes: full redundancies share it (FRE), and what a
 * loop makes of values from outside is made before it (PRE). The pointer of the memory is read again after every store, so several addresses may ask for one sum: then it lives in a register and each
 * access adds the pointer itself. A sum that is used once is taken apart where the address is expanded: pointer plus index first, the offset in the access.
 */
import {
  type Block,
  type Edge,
  type Graph,
  isConst,
  type LoopNode,
  type Node,
  resolve,
  resolveAll,
} from './ir.ts';
import { mayTrap } from './global-values.ts';
import { isHotEdge } from './hot.ts';

import { numberValues } from './optimize.ts';
import { dominates } from './structure.ts';
import { usersOf, type Users } from './users.ts';

interface Access {
  access: Node;
  block: Block;
}

/** One sum: what asks for it, from the first on, which comes before all others. */
interface Sum {
  index: Node;
  constant: number;
  first: Node;
  block: Block;
  accesses: Access[];
  /** The same sum as a value of its own. */
  values: Node[];
}

export function shareOffsets(g: Graph): void {
  const sums = findSums(g);
  if (sums.length === 0) return;
  const users = usersOf(g);
  let changed = false;
  for (const s of sums) changed = share(g, s, users) || changed;
  if (!changed) return;
  resolveAll(g);
  numberValues(g);
}

const isAccess = ({ op }: Node): boolean => op === 'load' || op === 'store';

/** What is added to which value, constants together. */
function parts(index: Node, offset: number): { index: Node; constant: number } {
  const [x, c] = index.args.map(resolve);
  if (index.op !== 'add' || index.type !== 'i32' || index.name === 'preincrement' || !isConst(c!))
    return { index, constant: offset };
  return { index: x!, constant: (Number(c!.value) + offset) | 0 };
}

function findSums(g: Graph): Sum[] {
  const children = new Map<Block, Block[]>();
  for (const b of g.blocks)
    if (b.dominator) children.set(b.dominator, [...(children.get(b.dominator) ?? []), b]);
  const found: Sum[] = [];
  const known = new Map<string, Sum>();
  const visit = (b: Block): void => {
    const added: string[] = [];
    const sumOf = (n: Node, { index, constant }: { index: Node; constant: number }): Sum | null => {
      if (isConst(index) || constant === 0) return null;
      const key = `${index.id} ${constant}`;
      let sum = known.get(key);
      if (!sum) {
        known.set(key, (sum = { index, constant, first: n, block: b, accesses: [], values: [] }));
        added.push(key);
        found.push(sum);
      }
      return sum;
    };
    for (const n of b.nodes) {
      n.args = n.args.map(resolve);
      const [address] = n.args;
      if (isAccess(n) && address!.op === 'address')
        sumOf(n, parts(resolve(address!.args[1]!), n.offset))?.accesses.push({ access: n, block: b });
      else if (n.op === 'add' && n.type === 'i32' && n.name !== 'preincrement' && isConst(n.args[1]!))
        sumOf(n, parts(n, 0))?.values.push(n);
    }
    for (const child of children.get(b) ?? []) visit(child);
    for (const key of added) known.delete(key);
  };
  visit(g.entry);
  return found.filter((s) => s.accesses.some(({ access }) => access.offset !== 0));
}

function share(g: Graph, s: Sum, users: Users): boolean {
  const pointers = new Set(s.accesses.map(({ access }) => access.args[0]!));
  const others = s.values.flatMap((v) =>
    (users.get(v) ?? []).filter((u) => !('op' in u) || !pointers.has(u)),
  );
  const home = homeOf(s);
  if (home === s.block && pointers.size + others.length < 2) return false;
  let [sum] = s.values;
  if (sum !== s.first || home !== s.block) {
    const { index, constant, first } = s;
    sum = g.node(home, 'add', 'i32', [index, g.constant('i32', BigInt(constant))], { origin: first.origin });
    if (home === s.block) home.nodes.splice(home.nodes.indexOf(first), 0, sum);
    else home.nodes.push(sum);
  }
  for (const v of s.values)
    if (v !== sum) {
      v.forward = sum;
      v.block.nodes = v.block.nodes.filter((n) => n !== v);
    }
  for (const { access, block } of s.accesses) {
    const address = access.args[0]!;
    if (access.offset === 0 && resolve(address.args[1]!) === sum) continue;
    const pointer = g.node(block, 'address', 'i32', [address.args[0]!, sum], { origin: access.origin });
    block.nodes.splice(block.nodes.indexOf(access), 0, pointer);
    access.args = [pointer, ...access.args.slice(1)];
    access.offset = 0;
  }
  return true;
}

/** The outermost place before loops that are sure to come to the sum and know its index. */
function homeOf({ index, first, block, accesses }: Sum): Block {
  let home = block;
  for (let loop = block.loop; loop; loop = loop.parent) {
    // An address that has left the loop takes its offset along in the access.
    const inside = accesses.every(({ access }) => loop!.blocks.has(access.args[0]!.block));
    if (!inside || loop.blocks.has(index.block) || !loop.preheader) break;
    if (!isSureToCome(loop, home, home === block ? first : null)) break;
    home = loop.preheader;
  }
  return home;
}

/** Whether every round of a loop that begins comes to a place: `end` of a block, null for the block's own end. */
function isSureToCome(loop: LoopNode, block: Block, end: Node | null): boolean {
  const latches: Edge[] = loop.header.preds.filter((e) => loop.blocks.has(e.from));
  if (!latches.every((e) => dominates(block, e.from) && isHotEdge(e))) return false;
  for (const b of loop.blocks) {
    if (b !== block && dominates(block, b)) continue;
    const before = b === block && end ? b.nodes.slice(0, b.nodes.indexOf(end)) : b.nodes;
    if (before.some((n) => mayTrap.test(n.op))) return false;
    if (b !== block && b.term.edges.some((e) => !loop.blocks.has(e.to))) return false;
  }
  return true;
}
