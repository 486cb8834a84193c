/**
 * Network -> ONNX graph: standard operators and float32 weights, so that a transformed model can be trained further elsewhere and come
 * back through the importer. Tensors are [1, steps, features], or [1, features] for buffers of one step. Opset 17.
 */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { Attribute, Graph, Node } from '../graph/graph.ts';
import { floats, int64s } from '../graph/make-tensor.ts';
import type { DenseLayer, Layer, Network, RecurrentLayer, View } from '../graph/network.ts';
import type { Tensor } from '../graph/tensor.ts';
import { directionsOf } from '../layers/recurrent/directions.ts';

export const EXPORT_OPSET = 17;

/** Throws ESC155 for a layer that has no counterpart among ONNX operators. */
export function networkToGraph(network: Network): Graph {
  const writer = new GraphWriter(network);
  for (const layer of network.layers) writer.add(layer);
  return writer.graph();
}

class GraphWriter {
  private readonly network: Network;
  private readonly nodes: Node[] = [];
  private readonly initializers = new Map<string, Tensor>();
  /** What has been written to each buffer so far: the tensor, and where it lies. */
  private readonly written = new Map<string, { view: View; tensor: string }[]>();
  private readonly taken = new Set<string>();

  constructor(network: Network) {
    this.network = network;
    const { steps, features } = network.buffers[network.input]!;
    const view = { buffer: network.input, offset: 0, steps, features };
    this.written.set(network.input, [{ view, tensor: network.input }]);
    this.taken.add(network.input).add(network.output);
  }

  graph(): Graph {
    const { network } = this;
    const { steps, features } = network.buffers[network.output]!;
    const result = this.read({ buffer: network.output, offset: 0, steps, features });
    if (result !== network.output) this.node('Identity', 'result', [result], {}, [network.output]);
    const input = network.buffers[network.input]!;
    return {
      name: network.name.replace(/\.onnx$/, ''),
      opsets: { '': EXPORT_OPSET },
      inputs: [{ name: network.input, type: 'float32', shape: shapeOf(input) }],
      outputs: [network.output],
      initializers: this.initializers,
      nodes: this.nodes,
    };
  }

  add(layer: Layer): void {
    switch (layer.kind) {
      case 'dense':
        return this.dense(layer);
      case 'lstm':
      case 'gru':
      case 'rnn':
        return this.recurrent(layer);
      case 'activation':
        return this.write(
          layer.output,
          this.node(activationOp[layer.activation], layer.name, [this.read(layer.input)]),
        );
      case 'softmax':
        return this.write(
          layer.output,
          this.node('Softmax', layer.name, [this.read(layer.input)], { axis: -1 }),
        );
      case 'concat': {
        const flat = layer.inputs.map((view) => this.flat(view));
        const joined = this.node('Concat', layer.name, flat, { axis: 1 });
        return this.write(layer.output, this.shaped(joined, layer.name, layer.output));
      }
      case 'attentionPool': {
        const x = this.read(layer.input);
        const scored = layer.tanh ? this.node('Tanh', `${layer.name}/tanh`, [x]) : x;
        const { features } = layer.input;
        const product = this.node('MatMul', `${layer.name}/score`, [
          scored,
          this.constant(`${layer.name}.score_weight`, floats([features, 1], layer.scoreWeights)),
        ]);
        const score = this.node('Add', `${layer.name}/bias`, [
          product,
          this.constant(`${layer.name}.score_bias`, floats([1], [layer.scoreBias])),
        ]);
        const share = this.node('Softmax', `${layer.name}/softmax`, [score], { axis: 1 });
        const weighted = this.node('Mul', `${layer.name}/weighted`, [share, x]);
        const axes = this.constant(`${layer.name}.axes`, int64s([1], [1]));
        const pooled = this.node('ReduceSum', layer.name, [weighted, axes], { keepdims: 0 });
        return this.write(layer.output, pooled);
      }
      default:
        throw modelRefusals.cannotExport(this.network.name, layer.name, layer.kind);
    }
  }

  private dense(layer: DenseLayer): void {
    const { name, input, output, weights, bias, activation } = layer;
    const [inputs, outputs] = [input.features, output.features];
    const x = this.read(input);
    const b = this.constant(`${name}.bias`, floats([outputs], bias));
    let y: string;
    if (input.steps === 1 && this.isVector(input)) {
      const w = this.constant(`${name}.weight`, floats([outputs, inputs], weights));
      y = this.node('Gemm', name, [x, w, b], { transB: 1 });
    } else {
      const turned = weights.map((_, at) => weights[(at % outputs) * inputs + Math.floor(at / outputs)]!);
      const w = this.constant(`${name}.weight`, floats([inputs, outputs], turned));
      y = this.node('Add', `${name}/bias`, [this.node('MatMul', name, [x, w]), b]);
    }
    if (activation !== 'none') y = this.node(activationOp[activation], `${name}/${activation}`, [y]);
    this.write(output, y);
  }

  private recurrent(layer: RecurrentLayer): void {
    const { name, kind, input, hidden, sequence, last } = layer;
    const directions = directionsOf(layer).length;
    const { features, steps } = input;
    if (sequence && sequence.steps !== steps)
      throw modelRefusals.cannotExport(this.network.name, name, 'short sequence');
    const gates = { lstm: 4, gru: 3, rnn: 1 }[kind];
    const rows = gates * hidden;
    const rank3 = this.isVector(input)
      ? this.shaped(this.read(input), `${name}/in`, input, true)
      : this.read(input);
    const x = this.node('Transpose', `${name}/time_first`, [rank3], { perm: [1, 0, 2] });
    const state = (values: Float64Array | undefined, what: string): string =>
      values ? this.constant(`${name}.${what}`, floats([directions, 1, hidden], values)) : '';
    const inputs = [
      x,
      this.constant(`${name}.weight_input`, floats([directions, rows, features], layer.inputWeights)),
      this.constant(`${name}.weight_recurrent`, floats([directions, rows, hidden], layer.recurrentWeights)),
      this.constant(`${name}.bias`, floats([directions, 2 * rows], biasOf(layer, directions, rows))),
      '',
      state(layer.initialHidden, 'initial_h'),
      ...(kind === 'lstm' ? [state(layer.initialCell, 'initial_c')] : []),
    ];
    while (inputs.at(-1) === '') inputs.pop();
    const outputs = [
      sequence ? this.unique(`${name}_y`) : '',
      last ? this.unique(`${name}_last`) : '',
      kind === 'lstm' && layer.lastCell ? this.unique(`${name}_cell`) : '',
    ];
    while (outputs.at(-1) === '') outputs.pop();
    const attributes: Record<string, Attribute> = {
      hidden_size: hidden,
      direction: layer.direction,
      ...(kind === 'gru' ? { linear_before_reset: layer.linearBeforeReset ? 1 : 0 } : {}),
      ...(kind === 'rnn'
        ? { activations: Array.from({ length: directions }, () => activationOp[layer.activation]) }
        : {}),
    };
    this.nodes.push({
      name: this.unique(name),
      op: kind.toUpperCase(),
      domain: '',
      inputs,
      outputs,
      attributes,
    });
    if (sequence) {
      // [steps, directions, 1, hidden]
      const turned = this.node('Transpose', `${name}/batch_first`, [outputs[0]!], { perm: [2, 0, 1, 3] });
      this.write(sequence, this.shaped(turned, `${name}/steps`, sequence));
    }
    for (const [index, view] of [
      [1, last],
      [2, kind === 'lstm' ? layer.lastCell : undefined],
    ] as const)
      if (view) {
        const turned = this.node('Transpose', `${name}/batch_first`, [outputs[index]!], { perm: [1, 0, 2] });
        this.write(view, this.shaped(turned, `${name}/units`, view));
      }
  }

  /** Whether a buffer is a plain vector, [1, features]. */
  private isVector({ buffer }: Pick<View, 'buffer'>): boolean {
    return this.network.buffers[buffer]!.steps === 1;
  }

  private write(view: View, tensor: string): void {
    const parts = this.written.get(view.buffer) ?? [];
    this.written.set(view.buffer, [...parts, { view, tensor }]);
  }

  /** The tensor of a view: what one layer wrote, a part of it, or several side by side. */
  private read(view: View): string {
    const parts = this.written.get(view.buffer) ?? [];
    const exact = parts.find(
      (part) =>
        part.view.offset === view.offset &&
        part.view.steps === view.steps &&
        part.view.features === view.features,
    );
    if (exact) return exact.tensor;
    return this.sliced(this.whole(view.buffer), view);
  }

  /** All of a buffer; parts are joined along the axis that they divide. */
  private whole(buffer: string): string {
    const parts = (this.written.get(buffer) ?? []).toSorted((a, b) => a.view.offset - b.view.offset);
    if (parts.length === 1) return parts[0]!.tensor;
    const joined = this.node(
      'Concat',
      `${buffer}/joined`,
      parts.map((p) => p.tensor),
      { axis: 1 },
    );
    const { steps, features } = this.network.buffers[buffer]!;
    this.written.set(buffer, [...parts, { view: { buffer, offset: 0, steps, features }, tensor: joined }]);
    return joined;
  }

  private sliced(tensor: string, view: View): string {
    const { steps, features } = this.network.buffers[view.buffer]!;
    const rows = steps > 1 && view.features === features && view.offset % features === 0;
    if (!rows && steps > 1) {
      const flat = this.reshaped(tensor, `${view.buffer}/flat`, [1, steps * features]);
      return this.shaped(
        this.cut(flat, view.buffer, view.offset, view.steps * view.features),
        view.buffer,
        view,
      );
    }
    const unit = rows ? features : 1;
    const part = this.cut(tensor, view.buffer, view.offset / unit, (view.steps * view.features) / unit);
    return part;
  }

  private cut(tensor: string, name: string, begin: number, count: number): string {
    const at = (what: string, value: number) =>
      this.constant(`${name}.${what}_${value}`, int64s([1], [value]));
    return this.node('Slice', `${name}/part`, [
      tensor,
      at('from', begin),
      at('to', begin + count),
      at('axis', 1),
    ]);
  }

  /** As [1, n]. */
  private flat(view: View): string {
    const tensor = this.read(view);
    return this.isVector(view) && view.steps === 1
      ? tensor
      : this.reshaped(tensor, `${view.buffer}/flat`, [1, view.steps * view.features]);
  }

  /** In the shape that its buffer has, or always with a time axis. */
  private shaped(tensor: string, name: string, view: View, time = !this.isVector(view)): string {
    return this.reshaped(
      tensor,
      `${name}/shape`,
      time ? [1, view.steps, view.features] : [1, view.steps * view.features],
    );
  }

  private reshaped(tensor: string, name: string, shape: number[]): string {
    return this.node('Reshape', name, [
      tensor,
      this.constant(`${name}.sizes`, int64s([shape.length], shape)),
    ]);
  }

  private node(
    op: string,
    name: string,
    inputs: string[],
    attributes: Record<string, Attribute> = {},
    outputs = [this.unique(`${name}_out`)],
  ): string {
    this.nodes.push({ name: this.unique(name), op, domain: '', inputs, outputs, attributes });
    return outputs[0]!;
  }

  private constant(name: string, tensor: Tensor): string {
    const unique = this.unique(name);
    this.initializers.set(unique, tensor);
    return unique;
  }

  private unique(wanted: string): string {
    let name = wanted;
    for (let k = 2; this.taken.has(name); k++) name = `${wanted}_${k}`;
    this.taken.add(name);
    return name;
  }
}

const activationOp = { relu: 'Relu', tanh: 'Tanh', sigmoid: 'Sigmoid', none: 'Identity' } as const;

const shapeOf = ({ steps, features }: { steps: number; features: number }): number[] =>
  steps === 1 ? [1, features] : [1, steps, features];

/** Wb and Rb side by side: everything in Wb, but for the recurrent bias of a GRU's candidate. */
function biasOf(layer: RecurrentLayer, directions: number, rows: number): Float64Array {
  const all = new Float64Array(directions * 2 * rows);
  for (let d = 0; d < directions; d++) {
    all.set(layer.bias.subarray(d * rows, (d + 1) * rows), d * 2 * rows);
    if (layer.kind === 'gru')
      all.set(
        layer.recurrentBias.subarray(d * layer.hidden, (d + 1) * layer.hidden),
        d * 2 * rows + rows + 2 * layer.hidden,
      );
  }
  return all;
}
