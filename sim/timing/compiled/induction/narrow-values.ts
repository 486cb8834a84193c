/**
 * Growing values that are stored as bytes or halfwords: wasm2c converts them first, `(u8)x`, and what is converted is what grows, in so few bits, beside whatever else the value is for. While variables are chosen the
 * conversion is a node of its own; a variable of so few bits is cut back to them each round (PROMOTE_MODE).
 */
import { resolve, type Graph, type LoopNode, type Node } from '../ir.ts';
import { isConstantForm, type Evolution, type Evolutions } from '../linear.ts';

/** By the conversion, its bits. */
export type Conversions = ReadonlyMap<Node, number>;

export const maskOf = (bits: number): number => 2 ** bits - 1;

/** As gcc reads a constant of so many bits (constant_multiple_of): with its sign. */
export const inBits = (value: number, bits: number): number => (value << (32 - bits)) >> (32 - bits);

export function convertNarrow(g: Graph, loop: LoopNode, evolutions: Evolutions): Conversions {
  const found = new Map<Node, number>();
  for (const b of loop.blocks)
    for (const store of [...b.nodes]) {
      if (store.op !== 'store' || store.bytes >= 4) continue;
      const value = resolve(store.args[1]!);
      const bits = 8 * store.bytes;
      if (!evolutions.inside(value) || !grows(evolutions.of(value), bits)) continue;
      const mask = g.constant('i32', BigInt(maskOf(bits)));
      const converted = g.node(b, 'and', 'i32', [value, mask], { origin: store.origin });
      b.nodes.splice(b.nodes.indexOf(store), 0, converted);
      store.args = [store.args[0]!, converted];
      found.set(converted, bits);
    }
  return found;
}

const grows = (e: Evolution | null, bits: number): boolean =>
  e !== null && isConstantForm(e.step) && inBits(e.step.constant, bits) !== 0;

/** A narrow store needs no conversion. */
export function dropConversions(conversions: Conversions): void {
  for (const n of conversions.keys()) {
    const { nodes } = n.block;
    nodes.splice(nodes.indexOf(n), 1);
    n.forward = n.args[0]!;
  }
}
