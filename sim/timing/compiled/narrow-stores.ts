/**
 * A value that was loaded and widened with its sign, and is stored as narrow as it was loaded: (u16)(u32)(s16)x keeps its conversions, for match.pd drops none
 * where the one in between is unsigned and wider, and the value is loaded with its sign once. Where a comparison has told that the value cannot be all that the
 * type holds, gcc drops the one in between (simplify_conversion_using_ranges), and what is stored is what came from memory: loaded without sign,
 * and widened by an instruction of its own for who compares it.
 */

import { type Block, type Graph, type Node, resolve, resolveAll } from './ir.ts';
import { signedRange } from './signed-range.ts';

export function narrowStores(g: Graph): void {
  const raw = new Map<Node, Node>();
  for (const b of g.blocks)
    for (const store of b.nodes) {
      const value = store.op === 'store' && store.bytes < 4 ? resolve(store.args[1]!) : null;
      if (value?.op !== 'load' || !value.signed || value.bytes !== store.bytes || value.type !== 'i32')
        continue;
      if (!value.block.nodes.includes(value) || !isNarrowed(value, b)) continue;
      if (!raw.has(value)) raw.set(value, g.copy({ ...value, signed: false }, value.block, value.args));
      store.args = [store.args[0]!, raw.get(value)!];
    }
  for (const [value, load] of raw) {
    const { block } = value;
    const widened = g.node(block, value.bytes === 1 ? 'ext8' : 'ext16', 'i32', [load], {
      variable: value.variable,
      origin: value.origin,
    });
    block.nodes.splice(block.nodes.indexOf(value), 1, load, widened);
    value.forward = widened;
  }
  if (raw.size > 0) resolveAll(g);
}

/** Whether a comparison on every way to a block says more of a value than its type. */
function isNarrowed(value: Node, b: Block): boolean {
  for (let x = b; x.dominator; x = x.dominator) {
    if (x === value.block) return false;
    const [way, ...others] = x.preds;
    if (way && others.length === 0 && tells(value, way.from, x)) return true;
  }
  return false;
}

/** Signed comparisons, by what they are when the arms are exchanged and when the operands are. */
const inverse: Record<string, string> = {
  lt_s: 'ge_s',
  ge_s: 'lt_s',
  gt_s: 'le_s',
  le_s: 'gt_s',
  eq: 'ne',
  ne: 'eq',
};
const mirror: Record<string, string> = {
  lt_s: 'gt_s',
  gt_s: 'lt_s',
  le_s: 'ge_s',
  ge_s: 'le_s',
  eq: 'eq',
  ne: 'ne',
};

function tells(value: Node, { term }: Block, to: Block): boolean {
  if (term.kind !== 'branch' || term.edges[0].to === term.edges[1].to) return false;
  const condition = resolve(term.condition);
  const [a, b] = condition.args.map(resolve);
  if (!inverse[condition.op] || (a === value) === (b === value)) return false;
  let op = term.edges[0].to === to ? condition.op : inverse[condition.op]!;
  if (b === value) op = mirror[op]!;
  const own = signedRange(value);
  const other = signedRange(a === value ? b! : a!);
  switch (op) {
    case 'lt_s':
      return other.high - 1 < own.high;
    case 'le_s':
      return other.high < own.high;
    case 'gt_s':
      return other.low + 1 > own.low;
    case 'ge_s':
      return other.low > own.low;
    case 'eq':
      return other.low > own.low || other.high < own.high;
    default:
      // Only the end of a range can be taken off it.
      return other.low === other.high && (other.low === own.low || other.low === own.high);
  }
}
