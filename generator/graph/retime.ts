/**
 * The same weights over another number of time steps. Every buffer over time and every slice along it scales in
 * proportion (steps 100 to 200 of 200 become T/2 to T); vectors and weights stay. A layer that reads several steps as one
 * row of features has weights for each step, so its model cannot be re-timed.
 */
import { modelRefusals } from '../../common/refusals/index.ts';
import { isRecurrent, readsOfLayer, sizeOf, withWrites } from './draft.ts';
import type { BufferShape, Layer, Network, View } from './network.ts';

/** `steps`: the new number of steps of the model input. */
export function retime(network: Network, steps: number): Network {
  const before = network.buffers[network.input]!.steps;
  const refuse = (why: string) => modelRefusals.retimeSteps(network.name, steps, why);
  if (!Number.isInteger(steps) || steps < 1) throw refuse('it needs a whole number of at least one step');
  if (steps === before) return network;
  if (before === 1) throw refuse('its input is one step without a time axis');

  const overTime = timeBuffers(network);
  const buffers: Record<string, BufferShape> = {};
  for (const [name, shape] of Object.entries(network.buffers)) {
    const scaled = overTime.has(name) ? Math.round((shape.steps * steps) / before) : shape.steps;
    if (scaled < 1) throw refuse(`buffer ${name} would have no steps`);
    buffers[name] = { ...shape, steps: scaled };
  }
  const view = (v: View, layer: Layer): View => {
    const from = network.buffers[v.buffer]!;
    const to = buffers[v.buffer]!;
    if (!overTime.has(v.buffer)) return v;
    if (v.features !== from.features || v.offset % v.features !== 0)
      throw modelRefusals.retimeFlattened(layer.name);
    const [begin, end] = scaledRange(v.offset / v.features, v.steps, from.steps, to.steps);
    if (end <= begin) throw refuse(`layer ${layer.name} would read no steps`);
    return { ...v, offset: begin * v.features, steps: end - begin };
  };
  const layers = network.layers.map((layer) => retimed(layer, (v) => view(v, layer)));
  for (const layer of layers) checkSteps(layer, refuse);
  return { ...network, buffers, layers };
}

/** Buffers whose rows are time steps: the input, and what layers compute step by step from several such rows. */
function timeBuffers(network: Network): Set<string> {
  const found = new Set([network.input]);
  for (const layer of network.layers) {
    if (layer.kind === 'attentionPool') continue;
    const stepwise = readsOfLayer(layer).some((view) => found.has(view.buffer) && view.steps > 1);
    if (!stepwise) continue;
    const output = isRecurrent(layer) ? layer.sequence : layer.output;
    if (output) found.add(output.buffer);
  }
  return found;
}

/** Rows begin to end of a buffer that shrinks or grows from `from` to `to` rows; the first and last row stay what they are. */
function scaledRange(begin: number, count: number, from: number, to: number): [number, number] {
  if (count === 1 && begin === from - 1) return [to - 1, to];
  if (count === 1 && begin === 0) return [0, 1];
  const scale = (row: number): number => Math.round((row * to) / from);
  return [scale(begin), count === 1 ? scale(begin) + 1 : scale(begin + count)];
}

function retimed(layer: Layer, view: (v: View) => View): Layer {
  if (layer.kind === 'select')
    return { ...layer, gate: view(layer.gate), inputs: layer.inputs.map(view), output: view(layer.output) };
  if (layer.kind === 'concat')
    return { ...layer, inputs: layer.inputs.map(view), output: view(layer.output) };
  if (isRecurrent(layer)) return withWrites({ ...layer, input: view(layer.input) }, view);
  return { ...layer, input: view(layer.input), output: view(layer.output) };
}

/** Rounding must not have torn apart what belongs together. */
function checkSteps(layer: Layer, refuse: (why: string) => Error): void {
  const torn = refuse(`the parts of layer ${layer.name} do not fit together at this length`);
  if (layer.kind === 'select') return;
  if (layer.kind === 'concat') {
    if (layer.inputs.reduce((sum, v) => sum + sizeOf(v), 0) !== sizeOf(layer.output)) throw torn;
  } else if (isRecurrent(layer)) {
    if (layer.sequence && layer.sequence.steps !== layer.input.steps) throw torn;
  } else if (layer.kind !== 'attentionPool' && layer.output.steps !== layer.input.steps) throw torn;
}
