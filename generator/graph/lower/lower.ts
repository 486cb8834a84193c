/** Folded graph -> draft network: every node becomes a view or a draft layer. */
import { modelRefusals } from '../../../common/refusals/index.ts';
import { isFloat } from '../../ops/shared/numbers.ts';
import type { Draft } from '../draft.ts';
import { inferTypes } from '../fold.ts';
import type { Graph } from '../graph.ts';
import type { BufferShape, View } from '../network.ts';
import { asRows, isContiguous, rowMajor } from '../strided-view.ts';
import { elementCount } from '../tensor.ts';
import { Lowering } from './lowering.ts';
import { lowerNode } from './rules.ts';

const names = (list: readonly string[]): string => list.join(', ') || 'none';

export function lower(graph: Graph): Draft {
  const inputs = graph.inputs.map((input) => input.name);
  if (inputs.length !== 1) throw modelRefusals.modelInputs(graph.name, inputs.length, names(inputs));
  if (graph.outputs.length !== 1) {
    throw modelRefusals.modelOutputs(graph.name, graph.outputs.length, names(graph.outputs));
  }
  const lowering = new Lowering(graph, inferTypes(graph));
  const input = graph.inputs[0]!;
  if (!isFloat(input.type)) throw modelRefusals.inputType(input.name, input.type);
  const { steps, features } = windowShape(input.name, input.shape);
  lowering.addBuffer(input.name, steps, features);
  lowering.setView(input.name, rowMajor(input.name, input.shape));
  for (const node of graph.nodes) lowerNode(node, lowering);
  return {
    name: graph.name,
    buffers: lowering.buffers,
    layers: lowering.layers,
    input: input.name,
    output: wholeOutput(graph, lowering),
    outputName: graph.outputs[0]!,
  };
}

/** [1, T, C] and [T, 1, C] are T steps of C channels; [T, C] likewise; [1, C] and [C] are one step. */
function windowShape(name: string, shape: readonly number[]): BufferShape {
  const text = `[${shape.join(', ')}]`;
  const lead = shape.slice(0, -1);
  const steps = elementCount(lead);
  const wide = lead.filter((size) => size !== 1);
  if (shape.length === 0 || shape.length > 3 || wide.length > 1) throw modelRefusals.inputShape(name, text);
  return { steps, features: shape.at(-1)! };
}

/** The buffer that holds the model output and nothing else; a part of a buffer is copied out. */
function wholeOutput(graph: Graph, lowering: Lowering): string {
  const name = graph.outputs[0]!;
  const view = lowering.viewOf(name);
  const rows = view && asRows(view);
  if (!rows || !isContiguous(view)) {
    throw modelRefusals.networkNode(name, 'output', view ? 'it is not stored in order' : 'it is a constant');
  }
  const buffer = lowering.buffers[rows.buffer]!;
  const whole = rows.steps * rows.features === buffer.steps * buffer.features;
  if (whole && rows.buffer !== graph.inputs[0]!.name) return rows.buffer;
  const copy: View = lowering.addBuffer(`${name}_copy`, rows.steps, rows.features);
  const node = { name: `/${name}/Concat`, op: 'Concat', domain: '', inputs: [], outputs: [], attributes: {} };
  lowering.layers.push({ kind: 'concat', node, inputs: [rows], output: copy });
  return copy.buffer;
}
