/**
 * One ONNX conformance case: a folder with model.onnx and test_data_set_<k>/{input,output}_<i>.pb, as the ONNX project
 * lays them out. A case passes when the float reference gives its outputs, is refused when the generator says why it
 * cannot, and is wrong otherwise.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Refusal } from '../common/refusals/index.ts';
import { fold } from '../generator/graph/fold.ts';
import type { Graph } from '../generator/graph/graph.ts';
import type { Tensor } from '../generator/graph/tensor.ts';
import { parseOnnx } from '../generator/onnx/parse.ts';
import { decodeTensor } from '../generator/onnx/tensor-proto.ts';
import { evaluateGraph } from '../generator/ops/evaluate.ts';

export type Status = 'pass' | 'refused' | 'wrong';

export interface CaseResult {
  case: string;
  status: Status;
  /** The refusal, or where and how far the outputs differ. */
  reason?: string;
  operators: readonly string[];
  /** Whether the graph was also folded with every input but the first bound as a constant, and gave the same. */
  folded: boolean;
}

/** The tolerance of the ONNX runner for floats; all other types must be equal. */
export const tolerance = { relative: 1e-3, absolute: 1e-7 };

/** Case folders below `folder`, which may itself be one, by name. */
export function findCases(folder: string): string[] {
  if (existsSync(join(folder, 'model.onnx'))) return [folder];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'model.onnx')))
    .map((entry) => join(folder, entry.name))
    .toSorted();
}

export function runCase(folder: string): CaseResult {
  const name = basename(folder);
  let operators: readonly string[] = [];
  try {
    const bytes = readFileSync(join(folder, 'model.onnx'));
    let folded = true;
    for (const set of dataSets(folder)) {
      const shapes = (graph: Graph): Map<string, readonly number[]> =>
        new Map(graph.inputs.map((input, i) => [input.name, set.inputs[i]?.shape ?? input.shape]));
      const open = parseOnnx(bytes, name, { inputShapes: anyShape });
      const graph = parseOnnx(bytes, name, { inputShapes: shapes(open) });
      operators = [...new Set(graph.nodes.map((node) => node.op))].toSorted();
      const feed = new Map(graph.inputs.map((input, i) => [input.name, set.inputs[i]!]));
      const difference = compareAll(evaluateGraph(graph, feed), graph, set.outputs);
      if (difference) return { case: name, status: 'wrong', reason: difference, operators, folded: false };
      const bound = runFolded(graph, feed, set.outputs);
      if (typeof bound === 'string') return { case: name, status: 'wrong', reason: bound, operators, folded };
      folded &&= bound;
    }
    return { case: name, status: 'pass', operators, folded };
  } catch (error) {
    const failed = { case: name, operators, folded: false };
    if (error instanceof Refusal) return { ...failed, status: 'refused', reason: error.message };
    // Anything but a refusal is a fault of the program: never a pass, and never the end of the run.
    return { ...failed, status: 'wrong', reason: `internal error: ${(error as Error).message}` };
  }
}

/** Stands in for the shape of any input while their names are read. */
export const anyShape = { get: () => [1] } as unknown as ReadonlyMap<string, readonly number[]>;

export interface DataSet {
  inputs: Tensor[];
  outputs: Tensor[];
}

export function dataSets(folder: string): DataSet[] {
  const sets = readdirSync(folder)
    .filter((name) => name.startsWith('test_data_set_'))
    .toSorted();
  return sets.map((set) => {
    const files = readdirSync(join(folder, set));
    const tensors = (kind: string): Tensor[] => {
      const count = files.filter((file) => file.startsWith(`${kind}_`)).length;
      return Array.from({ length: count }, (_, i) => {
        const file = `${kind}_${i}.pb`;
        return decodeTensor(readFileSync(join(folder, set, file)), file).tensor;
      });
    };
    return { inputs: tensors('input'), outputs: tensors('output') };
  });
}

/** As a deployed model: everything but the first input is a constant. True: the same outputs; false: it cannot fold. */
function runFolded(graph: Graph, feed: ReadonlyMap<string, Tensor>, expected: Tensor[]): boolean | string {
  const constants = graph.inputs.slice(1).map(({ name }): [string, Tensor] => [name, feed.get(name)!]);
  const initializers = new Map([...graph.initializers, ...constants]);
  try {
    const folded = fold({ ...graph, inputs: graph.inputs.slice(0, 1), initializers });
    const difference = compareAll(evaluateGraph(folded, feed), graph, expected);
    return difference ? `folded: ${difference}` : true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function compareAll(
  found: ReadonlyMap<string, Tensor>,
  graph: Graph,
  expected: readonly Tensor[],
): string | undefined {
  if (expected.length !== graph.outputs.length) {
    return `${graph.outputs.length} outputs where the case has ${expected.length}`;
  }
  for (const [index, name] of graph.outputs.entries()) {
    const difference = compareTensors(found.get(name)!, expected[index]!);
    if (difference) return `output "${name}": ${difference}`;
  }
  return undefined;
}

/** The first difference in words; undefined when the tensors agree. */
export function compareTensors(found: Tensor, expected: Tensor): string | undefined {
  if (found.type !== expected.type) return `${found.type} where ${expected.type} is due`;
  if (found.shape.join() !== expected.shape.join()) {
    return `shape [${found.shape.join(', ')}] where [${expected.shape.join(', ')}] is due`;
  }
  if (expected.strings) {
    const at = expected.strings.findIndex((text, i) => text !== found.strings?.[i]);
    return at < 0 ? undefined : `"${found.strings?.[at]}" at ${at} where "${expected.strings[at]}" is due`;
  }
  const isFloat = expected.type.startsWith('float');
  const at = expected.data.findIndex((value, i) => !agree(found.data[i]!, value, isFloat));
  return at < 0 ? undefined : `${found.data[at]} at ${at} where ${expected.data[at]} is due`;
}

function agree(found: number, expected: number, isFloat: boolean): boolean {
  if (Number.isNaN(found) || Number.isNaN(expected)) return Number.isNaN(found) && Number.isNaN(expected);
  if (found === expected) return true;
  if (!isFloat || !Number.isFinite(expected)) return false;
  return Math.abs(found - expected) <= tolerance.absolute + tolerance.relative * Math.abs(expected);
}
