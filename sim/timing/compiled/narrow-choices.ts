/**
 * A choice between a constant and a value that was loaded, stored as narrow as it was loaded: the conversion for the store folds on the constant's
 * way and is what came from memory on the other (gcc's FRE and PRE), so the value to store and the value to compare are loaded apart.
 *
 *   x = load8_s(a);  store8(b, x < 0 ? 0 : x)      y = load8_u(a);  x = load8_s(a);  store8(b, x < 0 ? 0 : y)
 */
import { isConst, resolve, type Block, type Graph, type Node } from './ir.ts';

export function narrowChoices(g: Graph): void {
  for (const b of g.blocks)
    for (const n of [...b.nodes]) if (n.op === 'store' && n.bytes < 4) narrow(g, b, n);
}

function narrow(g: Graph, b: Block, store: Node): void {
  const choice = resolve(store.args[1]!);
  if (choice.op !== 'select' || choice.type !== 'i32' || choice.block !== b) return;
  const [c, x, y] = choice.args.map(resolve) as [Node, Node, Node];
  const loaded = isConst(x) ? y : x;
  if (isConst(x) === isConst(y) || loaded.op !== 'load' || !loaded.signed || loaded.bytes !== store.bytes)
    return;
  if (loaded.block !== b || !b.nodes.includes(loaded)) return;
  const { type, args, offset, bytes, memory, origin } = loaded;
  const raw = g.node(b, 'load', type, [...args], { offset, bytes, memory, origin });
  b.nodes.splice(b.nodes.indexOf(loaded), 0, raw);
  const mask = (1n << BigInt(8 * bytes)) - 1n;
  const arm = (v: Node) => (v === loaded ? raw : g.constant('i32', v.value & mask));
  const chosen = g.node(b, 'select', 'i32', [c, arm(x), arm(y)], {
    variable: choice.variable,
    chosen: choice.chosen,
    origin: choice.origin,
  });
  b.nodes.splice(b.nodes.indexOf(choice), 0, chosen);
  store.args = [store.args[0]!, chosen];
}
