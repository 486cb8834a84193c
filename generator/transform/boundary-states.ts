/** What windows show of a recurrent layer's states: where branches will begin, and what dropped connections used to carry. */
import type { Network, RecurrentLayer, View } from '../graph/network.ts';
import { directionsOf } from '../layers/recurrent/directions.ts';
import { evaluateRecurrent } from '../layers/recurrent/float.ts';
import { evaluateNetwork } from '../layers/evaluate-network.ts';

/** Steps begin to end of the layer's input. */
export interface Segment {
  begin: number;
  end: number;
}

/** k segments that are as long as each other, or nearly; together all steps. */
export const segmentsOf = (steps: number, k: number): Segment[] =>
  Array.from({ length: k }, (_, b) => ({
    begin: Math.round((b * steps) / k),
    end: Math.round(((b + 1) * steps) / k),
  }));

/** Means over the windows, [directions * hidden] each. */
export interface SegmentStates {
  /** State and cells before the segment's first step, in the direction's own order of time. */
  hidden: Float64Array;
  cell: Float64Array;
  /** State averaged over the segment's steps. */
  during: Float64Array;
  /** Inputs averaged over the segment's steps, [features]. */
  input: Float64Array;
}

export interface LayerStates {
  segments: SegmentStates[];
  /** Standard deviation of each unit's state, [directions * hidden]. */
  deviation: Float64Array;
  /** Standard deviation of each input, [features]. */
  inputDeviation: Float64Array;
}

/** Without windows: all means are zero, all deviations one. */
export function observeStates(
  network: Network,
  layer: RecurrentLayer,
  segments: readonly Segment[],
  windows: readonly Float64Array[],
): LayerStates {
  const { hidden, input } = layer;
  const directions = directionsOf(layer);
  const width = directions.length * hidden;
  const { features, steps } = input;
  const found: LayerStates = {
    segments: segments.map(() => ({
      hidden: new Float64Array(width),
      cell: new Float64Array(width),
      during: new Float64Array(width),
      input: new Float64Array(features),
    })),
    deviation: new Float64Array(width).fill(windows.length === 0 ? 1 : 0),
    inputDeviation: new Float64Array(features).fill(windows.length === 0 ? 1 : 0),
  };
  const squares = { state: new Float64Array(width), input: new Float64Array(features) };
  const sums = { state: new Float64Array(width), input: new Float64Array(features) };
  for (const window of windows) {
    const x = evaluateNetwork(network, window)[input.buffer]!.subarray(
      input.offset,
      input.offset + steps * features,
    );
    const run = statesOf(layer, x);
    for (let t = 0; t < steps; t++) {
      const s = segments.findIndex(({ end }) => t < end);
      const part = found.segments[s]!;
      const share = 1 / ((segments[s]!.end - segments[s]!.begin) * windows.length);
      for (let f = 0; f < features; f++) {
        const value = x[t * features + f]!;
        part.input[f]! += value * share;
        sums.input[f]! += value;
        squares.input[f]! += value * value;
      }
      for (let u = 0; u < width; u++) {
        const value = run.sequence[t * width + u]!;
        part.during[u]! += value * share;
        sums.state[u]! += value;
        squares.state[u]! += value * value;
      }
    }
    segments.forEach((segment, s) => {
      for (const { index, name } of directions) {
        const before = name === 'forward' ? segment.begin - 1 : segment.end;
        const outside = before < 0 || before >= steps;
        const cells = layer.kind === 'lstm' && !outside ? cellsAfter(layer, x, before, index) : undefined;
        for (let u = 0; u < hidden; u++) {
          const at = index * hidden + u;
          const h = outside ? (layer.initialHidden?.[at] ?? 0) : run.sequence[before * width + at]!;
          const firstCell = layer.kind === 'lstm' ? (layer.initialCell?.[at] ?? 0) : 0;
          found.segments[s]!.hidden[at]! += h / windows.length;
          found.segments[s]!.cell[at]! += (cells ? cells[at]! : firstCell) / windows.length;
        }
      }
    });
  }
  const count = windows.length * steps;
  if (count > 0) {
    deviations(found.deviation, sums.state, squares.state, count);
    deviations(found.inputDeviation, sums.input, squares.input, count);
  }
  return found;
}

function deviations(out: Float64Array, sums: Float64Array, squares: Float64Array, count: number): void {
  out.forEach((_, k) => (out[k] = Math.sqrt(Math.max(0, squares[k]! / count - (sums[k]! / count) ** 2))));
}

const view = (buffer: string, steps: number, features: number): View => ({
  buffer,
  offset: 0,
  steps,
  features,
});

/** All states of the layer, [steps][directions * hidden]. */
function statesOf(layer: RecurrentLayer, x: Float64Array): { sequence: Float64Array } {
  const { steps, features } = layer.input;
  const width = directionsOf(layer).length * layer.hidden;
  const buffers = { x, sequence: new Float64Array(steps * width) };
  evaluateRecurrent(
    { ...withoutOutputs(layer), input: view('x', steps, features), sequence: view('sequence', steps, width) },
    buffers,
  );
  return buffers;
}

/** Cells of a direction after it has taken step `t`, in the layout of the layer. */
function cellsAfter(layer: RecurrentLayer, x: Float64Array, t: number, index: number): Float64Array {
  const { steps, features } = layer.input;
  const width = directionsOf(layer).length * layer.hidden;
  const forward = directionsOf(layer)[index]!.name === 'forward';
  const [begin, end] = forward ? [0, t + 1] : [t, steps];
  const buffers = { x: x.subarray(begin * features, end * features), cell: new Float64Array(width) };
  evaluateRecurrent(
    {
      ...withoutOutputs(layer),
      input: view('x', end - begin, features),
      lastCell: view('cell', 1, width),
    } as RecurrentLayer,
    buffers,
  );
  return buffers.cell;
}

const withoutOutputs = <L extends RecurrentLayer>(layer: L): L => ({
  ...layer,
  sequence: undefined,
  last: undefined,
  ...(layer.kind === 'lstm' ? { lastCell: undefined } : {}),
});
