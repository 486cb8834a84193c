import type { Node } from '../../graph/graph.ts';
import { type Tensor, elementCount } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { floatTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { type Shape, allocate } from '../shared/shapes.ts';
import { meanOf, varianceOf } from '../shared/statistics.ts';

/**
 * ONNX BatchNormalization: (x - mean) / sqrt(variance + epsilon) scale + bias, by channel. In training mode (operator set 14)
 * mean and variance are those of the batch, and running averages come out beside the result.
 */
export const batchNormalization: OpDefinition = {
  op: 'BatchNormalization',
  domain: '',
  evaluate(node, inputs, { opset }) {
    const [x, scale, bias, mean, variance] = [0, 1, 2, 3, 4].map((i) => required(node, inputs, i)) as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    requireType(node, x, floatTypes);
    const { epsilon, momentum, training } = settings(node, opset);
    const channels = x.shape.length < 2 ? 1 : x.shape[1]!;
    for (const part of [scale, bias, mean, variance]) {
      if (part.shape.length !== 1 || part.shape[0] !== channels) {
        throw invalid(node, `a parameter is [${part.shape.join(', ')}] for ${channels} channels`);
      }
    }
    const channelOf = channelIndex(x.shape, channels);
    const y = allocate(node, x.type, x.shape);
    const store = storer(x.type, node);
    let [means, variances] = [mean.data, variance.data];
    if (training) [means, variances] = batchStatistics(x, channels, channelOf);
    x.data.forEach((value, index) => {
      const c = channelOf(index);
      const normal = (value - means[c]!) / Math.sqrt(variances[c]! + epsilon);
      y.data[index] = store(normal * scale.data[c]! + bias.data[c]!);
    });
    if (!training) return [y];
    const running = (old: Tensor, current: Float64Array): Tensor => {
      const keep = storer(old.type, node);
      return { ...old, data: old.data.map((v, c) => keep(v * momentum + current[c]! * (1 - momentum))) };
    };
    return [y, running(mean, means), running(variance, variances)];
  },
};

function settings(node: Node, opset: number) {
  const attributes = new Attributes(node);
  const epsilon = attributes.number('epsilon', 1e-5);
  const momentum = attributes.number('momentum', 0.9);
  const training = opset >= 14 && attributes.flag('training_mode');
  const spatial = opset >= 9 || attributes.flag('spatial', true);
  const testing = opset >= 7 || attributes.flag('is_test');
  attributes.done();
  if (!spatial) throw unsupported(node, 'it is not spatial');
  const outputs = node.outputs.filter((name) => name !== '').length;
  if (!testing || (opset < 14 && outputs > 1)) throw unsupported(node, 'it is in training mode');
  if (opset >= 14 && !training && outputs > 1)
    throw invalid(node, 'it has training outputs without training mode');
  return { epsilon, momentum, training };
}

function channelIndex(shape: Shape, channels: number): (index: number) => number {
  const inner = elementCount(shape.slice(2));
  return channels === 1 ? () => 0 : (index) => Math.floor(index / inner) % channels;
}

function batchStatistics(
  x: Tensor,
  channels: number,
  channelOf: (index: number) => number,
): [Float64Array, Float64Array] {
  const lines = Array.from({ length: channels }, (_, c) => x.data.filter((_value, i) => channelOf(i) === c));
  const means = Float64Array.from(lines, meanOf);
  return [means, Float64Array.from(lines, (line, c) => varianceOf(line, means[c]!))];
}
