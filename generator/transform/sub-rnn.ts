/** A trained network with one recurrent layer split into branches that run side by side. */
import { modelRefusals } from '../../common/refusals/index.ts';
import { isRecurrent, readsOfLayer, writesOfLayer } from '../graph/draft.ts';
import type { DenseLayer, Layer, Network, RecurrentLayer, View } from '../graph/network.ts';
import { findBranches } from '../graph/passes/find-branches.ts';
import { directionsOf } from '../layers/recurrent/directions.ts';
import { layerKind } from '../layers/registry.ts';
import { observeStates, segmentsOf, type LayerStates, type Segment } from './boundary-states.ts';
import { groupInputs } from './input-groups.ts';
import { refitReadout } from './refit-readout.ts';
import { branchLayer, gatesOf, type Branch } from './split-layer.ts';
import { evenSizes, groupUnits } from './unit-groups.ts';

export interface SplitOptions {
  branches: number;
  /** The recurrent layer; default: the one with the most multiply-accumulates. */
  layer?: string;
  /** Split the inputs of the layer too: each branch reads one group of them. */
  features?: boolean;
  /** Windows of the model's input, for the means that stand for what branches no longer see; none: zeros. */
  windows: readonly Float64Array[];
}

export interface SplitResult {
  network: Network;
  /** The layer that was split. */
  layer: string;
  /** units: each branch keeps some units; steps: each keeps all, because every step is used. */
  kind: 'units' | 'steps';
  segments: Segment[];
  /** Units of each branch, in one direction. */
  units: number[];
  /** Inputs of each branch. */
  inputs: number[];
  /** Strength of the ridge that refitted the layer behind, or null where that was not done. */
  readout: { layer: string; ridge: number } | null;
}

/** Throws ESC150 to ESC154 for what cannot be split. */
export function splitRecurrent(network: Network, options: SplitOptions): SplitResult {
  const layer = choose(network, options.layer);
  const { branches: k, windows } = options;
  const { steps, features } = layer.input;
  const refuse = (why: string) => modelRefusals.cannotSplit(network.name, layer.name, why);
  if (k > steps) throw refuse(`${steps} steps do not make ${k} segments`);
  if (layer.kind === 'lstm' && layer.lastCell) throw refuse('its last cell state is used');
  if (layer.sequence && layer.sequence.steps !== steps)
    throw refuse('its sequence is shorter than its window');
  const segments = segmentsOf(steps, k);
  const states = observeStates(network, layer, segments, windows);
  const byUnits = !layer.sequence;
  if (byUnits && layer.hidden < k) throw refuse(`${layer.hidden} units do not make ${k} branches`);
  if (byUnits && layer.parallel) throw refuse('it is a branch itself already');
  const readers = network.layers.filter((other) =>
    readsOfLayer(other).some((v) => v.buffer === layer.last?.buffer),
  );
  const readout = readers[0];
  if (byUnits && !(readers.length === 1 && readout?.kind === 'dense' && reads(readout, layer.last!)))
    throw refuse('no dense layer alone takes its last state, whose units change places');
  if (!byUnits && layer.last) throw refuse('both its last state and every step are used');
  const groups = byUnits
    ? unitGroups(layer, states, evenSizes(layer.hidden, k))
    : segments.map(() => range(layer.hidden));
  const split = options.features ? splitInputs(network, layer, segments, states, groups, refuse) : undefined;

  const width = directionsOf(layer).length;
  let at = 0;
  const parts = segments.map((segment, b): RecurrentLayer => {
    const units = groups[b]!;
    const own = units.length * width;
    const branch: Branch = {
      segment,
      units,
      inputs: split ? split.groups[b]! : range(features),
      input: split
        ? split.views[b]!
        : { ...layer.input, offset: layer.input.offset + segment.begin * features, steps: lengthOf(segment) },
      ...(layer.sequence
        ? {
            sequence: {
              ...layer.sequence,
              offset: layer.sequence.offset + segment.begin * layer.sequence.features,
              steps: lengthOf(segment),
            },
          }
        : { last: { ...layer.last!, offset: layer.last!.offset + at, features: own } }),
    };
    at += own;
    return branchLayer(layer, b, branch, states.segments[b]!);
  });
  const layers = network.layers.flatMap((other): Layer[] => {
    if (other === layer) return parts;
    if (split && other === split.before) return split.layers;
    if (byUnits && other === readout) return [permuted(readout as DenseLayer, layer, groups)];
    return [other];
  });
  const bare: Network = {
    ...network,
    buffers: split ? split.buffers : network.buffers,
    layers: findBranches(layers.map((other) => ({ ...other, parallel: undefined }))),
  };
  const refitted = byUnits ? refitReadout(network, bare, readout!.name, windows) : undefined;
  return {
    network: refitted?.network ?? bare,
    layer: layer.name,
    kind: byUnits ? 'units' : 'steps',
    segments,
    units: groups.map((group) => group.length),
    inputs: segments.map((_, b) => (split ? split.groups[b]!.length : features)),
    readout: refitted ? { layer: readout!.name, ridge: refitted.ridge } : null,
  };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
const lengthOf = ({ begin, end }: Segment): number => end - begin;

function choose(network: Network, name?: string): RecurrentLayer {
  const all = network.layers.filter(isRecurrent) as RecurrentLayer[];
  if (all.length === 0) throw modelRefusals.nothingToSplit(network.name);
  if (name !== undefined) {
    const found = all.find((layer) => layer.name === name);
    if (!found)
      throw modelRefusals.unknownLayer(
        network.name,
        name,
        all.map((layer) => layer.name),
      );
    return found;
  }
  return all.reduce((best, layer) =>
    layerKind(layer).macs(layer) > layerKind(best).macs(best) ? layer : best,
  );
}

const reads = ({ input }: DenseLayer, { offset, steps, features }: View): boolean =>
  input.offset === offset && input.steps === steps && input.features === features;

/** Groups for all directions alike: the weights of both count. */
function unitGroups(layer: RecurrentLayer, { deviation }: LayerStates, sizes: readonly number[]): number[][] {
  const { hidden, recurrentWeights } = layer;
  const gates = gatesOf(layer);
  const affinity = new Float64Array(hidden * hidden);
  for (const { index } of directionsOf(layer))
    for (let row = 0; row < gates * hidden; row++)
      for (let v = 0; v < hidden; v++) {
        const u = row % hidden;
        const w =
          recurrentWeights[(index * gates * hidden + row) * hidden + v]! * deviation[index * hidden + v]!;
        affinity[u * hidden + v]! += w * w;
        affinity[v * hidden + u]! += w * w;
      }
  const group = groupUnits(affinity, sizes);
  return sizes.map((_, b) => range(hidden).filter((u) => group[u] === b));
}

/** The layer behind, its inputs in the order of the branches: branch by branch, in each direction by direction. */
function permuted(
  dense: DenseLayer,
  { hidden, direction }: RecurrentLayer,
  groups: readonly number[][],
): DenseLayer {
  const directions = directionsOf({ direction });
  const order = groups.flatMap((units) =>
    directions.flatMap(({ index }) => units.map((u) => index * hidden + u)),
  );
  const inputs = dense.input.features;
  return {
    ...dense,
    weights: Float64Array.from(dense.weights, (_, at) => {
      const row = Math.floor(at / inputs);
      return dense.weights[row * inputs + order[at % inputs]!]!;
    }),
  };
}

interface SplitInputs {
  before: DenseLayer;
  groups: number[][];
  layers: DenseLayer[];
  views: View[];
  buffers: Network['buffers'];
}

/** The dense layer before, as one layer a branch: some of its rows, on the segment's steps. */
function splitInputs(
  network: Network,
  layer: RecurrentLayer,
  segments: readonly Segment[],
  states: LayerStates,
  groups: readonly number[][],
  refuse: (why: string) => Error,
): SplitInputs {
  const { input } = layer;
  const writers = network.layers.filter((other) =>
    writesOfLayer(other).some((v) => v.buffer === input.buffer),
  );
  const readers = network.layers.filter((other) =>
    readsOfLayer(other).some((v) => v.buffer === input.buffer),
  );
  const [before] = writers;
  if (writers.length !== 1 || before?.kind !== 'dense' || readers.length !== 1)
    throw refuse(
      'its inputs do not come from a dense layer of its own, so they cannot be told apart by branch',
    );
  if (input.features < segments.length)
    throw refuse(`${input.features} inputs do not make ${segments.length} groups`);
  if (before.input.steps !== input.steps || input.offset !== before.output.offset)
    throw refuse('the dense layer before does not work step by step on the same steps');
  const inputGroups = groupInputs(layer, states.inputDeviation, groups);
  const buffers: Record<string, { steps: number; features: number }> = { ...network.buffers };
  delete buffers[input.buffer];
  const width = before.input.features;
  const views = segments.map((segment, b): View => {
    const name = `${input.buffer}_${b + 1}`;
    buffers[name] = { steps: lengthOf(segment), features: inputGroups[b]!.length };
    return { buffer: name, offset: 0, ...buffers[name] };
  });
  const layers = segments.map((segment, b): DenseLayer => {
    const rows = inputGroups[b]!;
    return {
      ...before,
      name: `${before.name}_${b + 1}`,
      input: {
        ...before.input,
        offset: before.input.offset + segment.begin * width,
        steps: lengthOf(segment),
      },
      output: views[b]!,
      weights: Float64Array.from(
        rows.flatMap((r) => [...before.weights.subarray(r * width, (r + 1) * width)]),
      ),
      bias: Float64Array.from(rows, (r) => before.bias[r]!),
    };
  });
  return { before, groups: inputGroups, layers, views, buffers };
}
