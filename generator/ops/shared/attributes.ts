import { isGraph } from '../../onnx/order.ts';
import type { Attribute, Graph, Node } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { invalid, unsupported } from './refuse.ts';

/**
 * Typed access to a node's attributes. `done` refuses every attribute that nobody asked for, so that an
 * operator never ignores a setting that it does not know.
 */
export class Attributes {
  private readonly node: Node;
  private readonly unread: Set<string>;

  constructor(node: Node) {
    this.node = node;
    this.unread = new Set(Object.keys(node.attributes));
    this.unread.delete('consumed_inputs'); // an optimisation hint of operator sets below 6
  }

  has(name: string): boolean {
    return name in this.node.attributes;
  }

  number(name: string): number | undefined;
  number(name: string, absent: number): number;
  number(name: string, absent?: number): number | undefined {
    return this.read(name, 'a number', (value) => typeof value === 'number') ?? absent;
  }

  text(name: string): string | undefined;
  text(name: string, absent: string): string;
  text(name: string, absent?: string): string | undefined {
    return this.read(name, 'a string', (value) => typeof value === 'string') ?? absent;
  }

  numbers(name: string): readonly number[] | undefined {
    return this.read(name, 'a list of numbers', (value): value is readonly number[] =>
      isListOf(value, 'number'),
    );
  }

  texts(name: string): readonly string[] | undefined {
    return this.read(name, 'a list of strings', (value): value is readonly string[] =>
      isListOf(value, 'string'),
    );
  }

  tensor(name: string): Tensor | undefined {
    return this.read(
      name,
      'a tensor',
      (value): value is Tensor => typeof value === 'object' && 'shape' in value,
    );
  }

  graph(name: string): Graph | undefined {
    return this.read(name, 'a graph', isGraph);
  }

  flag(name: string, absent = false): boolean {
    return this.number(name, absent ? 1 : 0) !== 0;
  }

  /** One of the given words. */
  choice<Word extends string>(name: string, words: readonly Word[], absent: Word): Word {
    const value = this.text(name, absent);
    if (!(words as readonly string[]).includes(value)) throw invalid(this.node, `${name} is "${value}"`);
    return value as Word;
  }

  /** Refuses attributes that were not read. */
  done(): void {
    for (const name of this.unread) throw unsupported(this.node, `its attribute "${name}" is not known here`);
  }

  private read<T extends Attribute>(
    name: string,
    kind: string,
    fits: (value: Attribute) => value is T,
  ): T | undefined {
    this.unread.delete(name);
    if (!this.has(name)) return undefined;
    const value = this.node.attributes[name]!;
    if (!fits(value)) throw invalid(this.node, `attribute "${name}" is not ${kind}`);
    return value;
  }
}

const isListOf = (value: Attribute, type: 'number' | 'string'): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === type);
