/** Draft -> Network: refuses what no pass could express, and gives layers and buffers readable names. */
import { modelRefusals } from '../../../common/refusals/index.ts';
import { type Draft, type DraftLayer, isRecurrent, withWrites, writesOfLayer } from '../draft.ts';
import type { BufferShape, Layer, Network, View } from '../network.ts';
import { findBranches } from './find-branches.ts';
import { identifier, layerNames } from './layer-names.ts';

const leftOver: Readonly<Record<string, string>> = {
  affine: 'its scale or shift does not touch a dense or recurrent layer that could take it in',
  timeSoftmax: 'it is a softmax over time outside attention pooling',
  weighting: 'it multiplies two computed tensors outside attention pooling',
  timeSum: 'it sums over time outside attention pooling',
  weightedSum: 'it multiplies two computed tensors outside attention pooling',
};

export function finish(draft: Draft): Network {
  for (const { kind, node } of draft.layers) {
    const why = leftOver[kind];
    if (why) throw modelRefusals.networkNode(node.name, node.op, why);
  }
  if (draft.layers.length === 0)
    throw modelRefusals.networkNode(draft.output, 'output', 'there are no layers');
  const names = layerNames(draft.layers);
  const rename = bufferNames(draft, names);
  const view = (v: View): View => ({ ...v, buffer: rename.get(v.buffer)! });
  const layers = draft.layers.map((layer, index) => toLayer(layer, names[index]!, view));
  const buffers: Record<string, BufferShape> = {};
  for (const [name, shape] of Object.entries(draft.buffers)) buffers[rename.get(name)!] = shape;
  return {
    name: draft.name,
    buffers,
    input: rename.get(draft.input)!,
    output: rename.get(draft.output)!,
    layers: findBranches(layers),
  };
}

/**
 * Input and output keep the model's names; other buffers are called after the layer that writes them, and `joined` when
 * several do.
 */
function bufferNames(draft: Draft, names: readonly string[]): Map<string, string> {
  const wanted = new Map([
    [draft.input, identifier(draft.input) || 'input'],
    [draft.output, identifier(draft.outputName) || 'output'],
  ]);
  const writers = (buffer: string): number =>
    draft.layers.filter((layer) => writesOfLayer(layer).some((view) => view.buffer === buffer)).length;
  draft.layers.forEach((layer, index) => {
    for (const { buffer } of writesOfLayer(layer)) {
      const part = partName(layer, buffer);
      if (!wanted.has(buffer)) wanted.set(buffer, writers(buffer) > 1 ? 'joined' : `${names[index]}_${part}`);
    }
  });
  const taken = new Set<string>();
  const rename = new Map<string, string>();
  for (const [buffer, base] of wanted) {
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
    taken.add(name);
    rename.set(buffer, name);
  }
  return rename;
}

function toLayer(draft: DraftLayer, name: string, view: (v: View) => View): Layer {
  const { node: _, ...layer } = draft;
  switch (layer.kind) {
    case 'lstm':
    case 'gru':
    case 'rnn':
      return withWrites({ ...layer, name, input: view(layer.input) }, view);
    case 'concat':
      return { ...layer, name, inputs: layer.inputs.map(view), output: view(layer.output) };
    case 'dense':
    case 'activation':
    case 'softmax':
    case 'forest':
    case 'attentionPool':
      return { ...layer, name, input: view(layer.input), output: view(layer.output) };
    default:
      throw new Error(`draft layer ${layer.kind} is left`);
  }
}

function partName(layer: DraftLayer, buffer: string): string {
  if (!isRecurrent(layer)) return 'out';
  if (layer.kind === 'lstm' && buffer === layer.lastCell?.buffer) return 'cell';
  return buffer === layer.last?.buffer ? 'last' : 'steps';
}
