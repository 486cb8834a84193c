/**
 * A classifier of contexts and one model a context, joined into one network: the classifier reads the first features, every model reads all of
 * them, and the classifier's largest score picks whose result counts. All models run: the time does not tell the context.
 */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import type { BufferShape, Layer, Network, View } from '../graph/network.ts';

export function joinContexts(context: Network, models: readonly Network[]): Network {
  const inputs = models.map((model) => shapeOf(model, model.input));
  const { features } = inputs[0];
  const gate = shapeOf(context, context.output).features;
  const wanted = shapeOf(context, context.input).features;
  if (gate !== models.length)
    throw pipelineRefusals.contextMismatch(
      context.name,
      `it tells ${gate} contexts apart, but there are ${models.length} models`,
    );
  if (inputs.some((shape) => shape.steps !== 1 || shape.features !== features) || wanted > features)
    throw pipelineRefusals.contextMismatch(context.name, 'the models and it do not read the same features');
  if (models.some((model) => shapeOf(model, model.output).features !== 1))
    throw pipelineRefusals.contextMismatch(context.name, 'a model does not end in one score');

  const buffers: Record<string, BufferShape> = { features: { steps: 1, features } };
  const layers: Layer[] = [];
  const add = (network: Network, prefix: string): View => {
    const rename = (view: View): View =>
      view.buffer === network.input
        ? { ...view, buffer: 'features' }
        : { ...view, buffer: `${prefix}_${view.buffer}` };
    for (const [name, shape] of Object.entries(network.buffers))
      if (name !== network.input) buffers[`${prefix}_${name}`] = shape;
    for (const layer of network.layers)
      layers.push({ ...mapViews(layer, rename), name: `${prefix}_${layer.name}` });
    return { buffer: `${prefix}_${network.output}`, offset: 0, ...shapeOf(network, network.output) };
  };
  const gateView = add(context, 'context');
  const scores = models.map((model, i) => add(model, `model${i}`));
  const output: View = { buffer: 'score', offset: 0, steps: 1, features: 1 };
  buffers.score = { steps: 1, features: 1 };
  layers.push({ kind: 'select', name: 'select', gate: gateView, inputs: scores, output });
  return { name: context.name, buffers, input: 'features', output: 'score', layers };
}

const shapeOf = (network: Network, buffer: string): BufferShape => network.buffers[buffer]!;

const isView = (value: unknown): value is View =>
  typeof value === 'object' && value !== null && 'buffer' in value && 'offset' in value;

/** The same layer with every view mapped. */
function mapViews<L extends Layer>(layer: L, f: (view: View) => View): L {
  const entries = Object.entries(layer).map(([key, value]: [string, unknown]) => {
    if (isView(value)) return [key, f(value)];
    return [key, Array.isArray(value) && value.every(isView) ? value.map(f) : value];
  });
  return Object.fromEntries(entries) as L;
}

/** Layers that yield one linear score straight from the features keep 16-bit weights: the decision hangs on them alone. */
export function sharpenScores(network: Network): Network {
  const layers = network.layers.map((layer): Layer => {
    if (layer.kind !== 'dense' || layer.activation !== 'none') return layer;
    const { input, output } = layer;
    if (input.buffer !== network.input || input.steps !== 1 || output.features !== 1) return layer;
    const { name, parallel, weights, bias } = layer;
    return {
      kind: 'kernelRidge',
      name,
      ...(parallel && { parallel }),
      input,
      output,
      weights,
      bias: bias[0],
    };
  });
  return { ...network, layers };
}
