/**
 * ONNX file -> Graph. Follows the ONNX intermediate representation (docs/IR.md): a model holds one graph, whose
 * nodes are in single-assignment form; initializers may also be listed as inputs (IR versions below 4).
 */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { Attribute, Graph, Node } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import { toAttribute } from './attribute.ts';
import { decodeModel } from './decode.ts';
import { toInputType } from './input-type.ts';
import { toNumber } from './int64.ts';
import type { GraphProto, ModelProto, NodeProto } from './messages.ts';
import { topologicalOrder } from './order.ts';
import { toTensor } from './tensor-proto.ts';

/** Newest operator-set versions whose meaning is implemented. */
export const newestOpset: Readonly<Record<string, number>> = { '': 27, 'ai.onnx.ml': 5 };

export interface ParseOptions {
  /** Shapes of inputs that are known from elsewhere; they fill open axes. */
  inputShapes?: ReadonlyMap<string, readonly number[]>;
}

/** Reads a model. Refuses (ESC101 to ESC113) whatever is damaged, open or outside the format. */
export function parseOnnx(bytes: Uint8Array, fileName: string, options: ParseOptions = {}): Graph {
  const model = decodeModel(bytes, fileName);
  if (!model.graph) throw modelRefusals.notOnnx(fileName, 'it holds no graph');
  const opsets = toOpsets(model, fileName);
  const graph = toGraph(model.graph, { fileName, opsets, outer: new Set(), options, depth: 0 });
  if (graph.outputs.length === 0) throw modelRefusals.notOnnx(fileName, 'its graph has no outputs');
  return graph;
}

interface Scope {
  fileName: string;
  opsets: Readonly<Record<string, number>>;
  /** Tensors of the graphs around this one. */
  outer: ReadonlySet<string>;
  options: ParseOptions;
  depth: number;
}

function toOpsets(model: ModelProto, fileName: string): Record<string, number> {
  const opsets: Record<string, number> = {};
  for (const entry of model.opsetImport) {
    const domain = entry.domain === 'ai.onnx' ? '' : (entry.domain ?? '');
    const version = entry.version ? toNumber(entry.version, `An operator set in ${fileName}`) : 0;
    const newest = newestOpset[domain];
    if (newest !== undefined && !(version >= 1 && version <= newest)) {
      throw modelRefusals.operatorSet(fileName, domain || 'ai.onnx', String(version), newest);
    }
    if (newest !== undefined) opsets[domain] = version;
  }
  if (opsets[''] === undefined && opsets['ai.onnx.ml'] === undefined) {
    throw modelRefusals.operatorSet(fileName, 'ai.onnx', 'none', newestOpset['']!);
  }
  return opsets;
}

function toGraph(proto: GraphProto, scope: Scope): Graph {
  const { fileName, opsets, options } = scope;
  const initializers = new Map<string, Tensor>();
  for (const tensor of proto.initializer) {
    const name = tensor.name ?? '';
    if (initializers.has(name)) throw modelRefusals.duplicateName(fileName, name);
    initializers.set(name, toTensor(tensor, fileName, name));
  }
  for (const sparse of proto.sparseInitializer) {
    throw modelRefusals.elementType(fileName, `tensor "${sparse.values?.name ?? ''}"`, 'sparse tensor');
  }
  const inputs = proto.input
    .filter((input) => !initializers.has(input.name ?? ''))
    .map((input) =>
      scope.depth > 0
        ? { name: input.name ?? '', type: 'float32' as const, shape: [] }
        : toInputType(input, fileName, options.inputShapes?.get(input.name ?? '')),
    );
  const given = new Set(initializers.keys());
  for (const input of inputs) {
    if (given.has(input.name)) throw modelRefusals.duplicateName(fileName, input.name);
    given.add(input.name);
  }
  const visible = new Set([...scope.outer, ...given, ...proto.node.flatMap((node) => node.output)]);
  const nodes = proto.node.map((node, index) => toNode(node, index, { ...scope, outer: visible }));
  const ordered = topologicalOrder(nodes, given, fileName, scope.outer);

  const outputs = proto.output.map((output) => output.name ?? '');
  for (const output of outputs) {
    if (!visible.has(output)) throw modelRefusals.missingInput(fileName, 'the graph output', output);
  }
  return { name: proto.name ?? '', opsets, inputs, outputs, initializers, nodes: ordered };
}

function toNode(proto: NodeProto, index: number, scope: Scope): Node {
  const op = proto.opType ?? '';
  const name = proto.name || `${op}_${index}`;
  const attributes: Record<string, Attribute> = Object.create(null);
  for (const attribute of proto.attribute) {
    attributes[attribute.name ?? ''] = toAttribute(attribute, scope.fileName, name, (graph) =>
      toGraph(graph, { ...scope, depth: scope.depth + 1 }),
    );
  }
  const domain = proto.domain === 'ai.onnx' ? '' : (proto.domain ?? '');
  return { name, op, domain, inputs: proto.input, outputs: proto.output, attributes };
}
