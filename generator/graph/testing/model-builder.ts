/** Test support: builds graphs node by node, with seeded weights. */
import type { Attribute, Graph, Node } from '../graph.ts';
import { floats, int64s } from '../make-tensor.ts';
import type { Tensor } from '../tensor.ts';

export class ModelBuilder {
  private readonly nodes: Node[] = [];
  private readonly initializers = new Map<string, Tensor>();
  private readonly input: { name: string; shape: readonly number[] };
  private readonly opset: number;
  private seed = 1;

  constructor(shape: readonly number[], opset = 15) {
    this.input = { name: 'x', shape };
    this.opset = opset;
  }

  /** Adds a node named `/scope/Op` (or as given) and returns the name of its first output. */
  add(op: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}, scope = ''): string {
    const name = scope === '' ? `/${op}_${this.nodes.length}` : `/${scope}/${op}`;
    const outputs = Array.from({ length: op === 'LSTM' ? 3 : 1 }, (_, i) => `${name}_output_${i}`);
    this.nodes.push({ name, op, domain: '', inputs, outputs, attributes });
    return outputs[0]!;
  }

  /** Another output of the node that made `first`. */
  output(first: string, index: number): string {
    return first.replace(/_output_\d+$/, `_output_${index}`);
  }

  constant(tensor: Tensor): string {
    const name = `constant_${this.initializers.size}`;
    this.initializers.set(name, tensor);
    return name;
  }

  ints(...values: number[]): string {
    return this.constant(int64s([values.length], values));
  }

  scalar(value: number): string {
    return this.constant(int64s([], [value]));
  }

  /** Seeded weights between -0.6 and 0.6. */
  weights(...shape: number[]): string {
    const values = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => {
      this.seed = (Math.imul(this.seed, 1103515245) + 12345) >>> 0;
      return (this.seed / 2 ** 32 - 0.5) * 1.2;
    });
    return this.constant(floats(shape, values));
  }

  graph(output: string): Graph {
    return {
      name: 'test',
      opsets: { '': this.opset },
      inputs: [{ ...this.input, type: 'float32' }],
      outputs: [output],
      initializers: this.initializers,
      nodes: this.nodes,
    };
  }
}
