/** Which inputs of a recurrent layer go to which branch: those that its units weigh most. */
import type { RecurrentLayer } from '../graph/network.ts';
import { directionsOf } from '../layers/recurrent/directions.ts';
import { gatesOf } from './split-layer.ts';
import { evenSizes } from './unit-groups.ts';

/** As many inputs a branch, or nearly. `deviation`: of each input. `groups`: units of each branch. */
export function groupInputs(
  layer: RecurrentLayer,
  deviation: Float64Array,
  groups: readonly (readonly number[])[],
): number[][] {
  const { hidden, inputWeights, input } = layer;
  const { features } = input;
  const gates = gatesOf(layer);
  const energy = groups.map((units) =>
    Float64Array.from({ length: features }, (_, k) => {
      let sum = 0;
      for (const { index } of directionsOf(layer))
        for (let g = 0; g < gates; g++)
          for (const u of units)
            sum += (inputWeights[((index * gates + g) * hidden + u) * features + k]! * deviation[k]!) ** 2;
      return sum;
    }),
  );
  const room = evenSizes(features, groups.length);
  const chosen: number[][] = groups.map(() => []);
  const clearest = Array.from({ length: features }, (_, k) => k).toSorted(
    (a, b) => lead(energy, b) - lead(energy, a) || a - b,
  );
  for (const k of clearest) {
    const order = groups.map((_, b) => b).toSorted((a, b) => energy[b]![k]! - energy[a]![k]! || a - b);
    chosen[order.find((b) => chosen[b]!.length < room[b]!)!]!.push(k);
  }
  return chosen.map((group) => group.toSorted((a, b) => a - b));
}

/** By how much an input is worth more to one branch than to the next. */
function lead(energy: readonly Float64Array[], k: number): number {
  const [first = 0, second = 0] = energy.map((e) => e[k]!).toSorted((a, b) => b - a);
  return first - second;
}
