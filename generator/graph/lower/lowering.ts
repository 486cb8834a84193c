/** What the lowering rules share: the graph's constants and types, the views made so far, and the layers. */
import { modelRefusals } from '../../../common/refusals/index.ts';
import type { DraftLayer } from '../draft.ts';
import type { Graph, Node } from '../graph.ts';
import type { BufferShape, View } from '../network.ts';
import { type StridedView, asRows, rowMajor } from '../strided-view.ts';
import { type ElementType, type Tensor, type TensorType, elementCount } from '../tensor.ts';

/** Turns one node into views or draft layers; refuses what it cannot express. */
export type Rule = (node: Node, lowering: Lowering) => void;

export class Lowering {
  readonly graph: Graph;
  readonly buffers: Record<string, BufferShape> = {};
  readonly layers: DraftLayer[] = [];
  private readonly types: ReadonlyMap<string, TensorType>;
  private readonly views = new Map<string, StridedView>();
  private readonly read: ReadonlySet<string>;

  constructor(graph: Graph, types: ReadonlyMap<string, TensorType>) {
    this.graph = graph;
    this.types = types;
    this.read = new Set([...graph.outputs, ...graph.nodes.flatMap((node) => node.inputs)]);
  }

  constant(name: string | undefined): Tensor | undefined {
    return name === undefined ? undefined : this.graph.initializers.get(name);
  }

  /** The value of an input that must be a constant. */
  requireConstant(node: Node, index: number, what: string): Tensor {
    const tensor = this.constant(node.inputs[index]);
    if (!tensor) throw refuse(node, `its ${what} is not a constant`);
    return tensor;
  }

  /** The view of an input that must be computed from the model input. */
  view(node: Node, index: number): StridedView {
    const name = node.inputs[index] ?? '';
    const view = this.views.get(name);
    if (!view) throw refuse(node, `its input ${index} is a constant or missing`);
    return view;
  }

  viewOf(tensor: string): StridedView | undefined {
    return this.views.get(tensor);
  }

  isView(node: Node, index: number): boolean {
    return this.views.has(node.inputs[index] ?? '');
  }

  /** The input as rows of its last axis. */
  rows(node: Node, view: StridedView): View {
    const rows = asRows(view);
    if (!rows) throw refuse(node, 'its input is not stored step by step');
    return rows;
  }

  typeOf(node: Node, input: number): ElementType {
    return this.types.get(node.inputs[input]!)!.type;
  }

  shapeOf(node: Node, output = 0): readonly number[] {
    return this.types.get(node.outputs[output]!)!.shape;
  }

  setView(tensor: string, view: StridedView): void {
    this.views.set(tensor, view);
  }

  /** Makes a buffer and the view on all of it. */
  addBuffer(name: string, steps: number, features: number): View {
    this.buffers[name] = { steps, features };
    return { buffer: name, offset: 0, steps, features };
  }

  /** A new buffer for the node's first output, seen by later nodes in row-major order. */
  addOutput(node: Node, steps: number, features: number): View {
    const view = this.addBuffer(node.outputs[0]!, steps, features);
    const shape = this.shapeOf(node);
    if (elementCount(shape) !== steps * features)
      throw new Error(`buffer of ${node.name} does not fit its shape`);
    this.setView(node.outputs[0]!, rowMajor(node.outputs[0]!, shape));
    return view;
  }

  /** Whether an output is there and something reads it. */
  isRead(node: Node, output: number): boolean {
    const name = node.outputs[output] ?? '';
    return name !== '' && this.read.has(name);
  }
}

export const refuse = (node: Node, why: string): Error => modelRefusals.networkNode(node.name, node.op, why);
