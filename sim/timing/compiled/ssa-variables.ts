/**
 * The value of each variable in each block, with phis where ways meet: Braun et al., "Simple and Efficient Construction of Static Single
 * Assignment Form" (CC 2013). A block is sealed once all its predecessors are filled; before, what is read in it is a phi without arguments, whose type
 * a way that is filled tells where the variable has none: what is made of it takes that over.
 */
import type { FlowBlock } from './flow-graph.ts';
import { resolve, type Block, type Graph, type Node, type Type } from './ir.ts';

export class Variables {
  private readonly g: Graph;
  private readonly typeOf: (variable: number) => Type | undefined;
  private readonly definitions = new Map<Block, Map<number, Node>>();
  private readonly sealed = new Set<Block>();
  private readonly filled = new Set<Block>();
  private readonly incomplete = new Map<Block, Map<number, Node>>();

  /** @param typeOf Of a local; undefined for a slot of the operand stack, which holds one type here and another there. */
  constructor(g: Graph, typeOf: (variable: number) => Type | undefined) {
    this.g = g;
    this.typeOf = typeOf;
  }

  /** Nothing more is written in the block. */
  fill(block: Block): void {
    this.filled.add(block);
  }

  /** Seals every block whose predecessors are all filled. */
  seal(): void {
    for (const block of this.g.blocks) {
      if (this.sealed.has(block) || !block.preds.every((e) => this.filled.has(e.from))) continue;
      this.sealed.add(block);
      for (const [variable, phi] of this.incomplete.get(block) ?? []) this.completePhi(variable, phi);
    }
  }

  write(block: Block, variable: number, value: Node): void {
    let map = this.definitions.get(block);
    if (!map) this.definitions.set(block, (map = new Map()));
    map.set(variable, value);
  }

  read(block: Block, variable: number): Node {
    const own = this.definitions.get(block)?.get(variable);
    if (own) return resolve(own);
    let value: Node;
    if (!this.sealed.has(block)) {
      const before = block.preds.find((e) => this.filled.has(e.from));
      const type = this.typeOf(variable) ?? (before && this.read(before.from, variable).type);
      value = this.phi(block, variable, type);
      let map = this.incomplete.get(block);
      if (!map) this.incomplete.set(block, (map = new Map()));
      map.set(variable, value);
    } else if (block.preds.length === 0) {
      value = this.g.constant('i32', 0n); // undefined: never read by a valid program
    } else if (block.preds.length === 1) {
      value = this.read(block.preds[0]!.from, variable);
    } else {
      const phi = this.phi(block, variable);
      this.write(block, variable, phi);
      value = this.completePhi(variable, phi);
    }
    this.write(block, variable, value);
    return value;
  }

  private phi(block: Block, variable: number, type = this.typeOf(variable) ?? 'i32'): Node {
    const phi = this.g.node(block, 'phi', type, [], { variable });
    block.phis.push(phi);
    return phi;
  }

  private completePhi(variable: number, phi: Node): Node {
    phi.args = phi.block.preds.map((e) => this.read(e.from, variable));
    if (this.typeOf(variable)) return phi;
    const typed = phi.args.find((a) => resolve(a) !== phi && resolve(a).op !== 'phi') ?? phi.args[0]!;
    phi.type = resolve(typed).type;
    return phi;
  }
}

/** The types of the locals of all activations, by variable. */
export function localTypes(
  blocks: readonly FlowBlock[],
  kept: (type: Type) => Type,
): (variable: number) => Type | undefined {
  const types = new Map<number, Type>();
  for (const { activation } of blocks)
    activation.f.wasm.locals.forEach((type, i) => types.set(activation.variables + i, kept(type)));
  return (variable) => types.get(variable);
}
