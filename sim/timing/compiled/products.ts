/** Products of a sum and a value, neither of which a loop changes: to its induction variables they are values (tree_to_aff_combination), which are made before the loop where one is wanted. */
import type { Block, Graph, Node } from './ir.ts';
import { formKey, materialize, type Linear } from './linear.ts';
import type { Make } from './simplify.ts';

export class Products {
  private readonly g: Graph;
  private readonly block: Block;
  private readonly known = new Map<string, Node>();
  private readonly parts = new Map<Node, { sum: Linear; factor: Node }>();

  /** @param block Before the loop. */
  constructor(g: Graph, block: Block) {
    this.g = g;
    this.block = block;
  }

  of(sum: Linear, factor: Node): Node {
    const key = `${factor.id} ${formKey(sum)}`;
    let product = this.known.get(key);
    if (!product) {
      product = this.g.node(this.block, 'product', 'i32', []);
      this.known.set(key, product);
      this.parts.set(product, { sum, factor });
    }
    return product;
  }

  /** The same form of values that are there. */
  made(form: Linear, make: Make): Linear {
    if (![...form.terms.keys()].some(isProduct)) return form;
    const terms = new Map<Node, number>();
    for (const [n, k] of form.terms) {
      const parts = this.parts.get(n);
      const value = parts
        ? make('mul', 'i32', [materialize(this.g, this.made(parts.sum, make), make), parts.factor])
        : n;
      terms.set(value, ((terms.get(value) ?? 0) + k) | 0);
    }
    return { terms, constant: form.constant };
  }
}

export const isProduct = (n: Node): boolean => n.op === 'product';
