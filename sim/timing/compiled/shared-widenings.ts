/**
 * Checks of one address that compare 64 bits share the widened address (fre3). Where the first of them is copied in front of a loop with its header (copy-headers.ts), the widened address goes along:
 * it comes round the loop for the checks that stay, as a value of 64 bits beside the address, and nothing sees it count (simple_iv of a phi of conversions).
 */
import type { CopiedChecks } from './copy-headers.ts';
import { resolve, type Block, type Graph, type Node } from './ir.ts';

export function shareWidenings(g: Graph, copies: CopiedChecks): void {
  for (const [copy, check] of copies) {
    const loop = check.block.loop;
    if (!loop || check.op !== 'guard64' || loop.header.preds.length !== 2) continue;
    const address = resolve(check.args[0]!);
    if (address.type !== 'i32') continue;
    const { header } = loop;
    const [next, first] = loop.blocks.has(header.preds[0]!.from) ? [0, 1] : [1, 0];
    const phi = header.phis.find((p) => p.type === 'i32' && resolve(p.args[next]!) === address);
    const others = phi ? [...loop.blocks].flatMap((b) => b.nodes.filter((n) => widens(n, phi))) : [];
    if (!phi || others.length === 0) continue;
    const after = widened(g, address, check.block, check.block.nodes.indexOf(check));
    const home = copy.block;
    const before = widened(g, resolve(phi.args[first]!), home, home.nodes.length);
    const args = next === 0 ? [after, before] : [before, after];
    const wide = g.node(header, 'phi', 'i64', args, { origin: header.origin });
    header.phis.push(wide);
    compare(g, check, after);
    for (const n of others) compare(g, n, wide);
  }
}

const widens = (n: Node, address: Node): boolean =>
  n.op === 'guard64' && n.args.length === 2 && resolve(n.args[0]!) === address;

function widened(g: Graph, address: Node, block: Block, at: number): Node {
  const known = block.nodes.slice(0, at).find((n) => n.op === 'zext' && resolve(n.args[0]!) === address);
  if (known) return known;
  const node = g.node(block, 'zext', 'i64', [address], { origin: block.origin });
  block.nodes.splice(at, 0, node);
  return node;
}

/** A check of the sum in 64 bits, which is a value now. */
function compare(g: Graph, check: Node, address: Node): void {
  const { block } = check;
  const reach = g.constant('i64', BigInt(check.offset + check.bytes));
  const end = g.node(block, 'add', 'i64', [address, reach], { origin: check.origin });
  block.nodes.splice(block.nodes.indexOf(check), 0, end);
  check.args = [end, check.args[1]!];
}
