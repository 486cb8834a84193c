/** What ScatterElements and ScatterND share: writing updates, optionally combined with what is there. */
import type { Node } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Attributes } from './attributes.ts';
import { storer } from './numbers.ts';
import { unsupported } from './refuse.ts';

type Combine = (old: number, update: number) => number;

const combines = {
  none: undefined,
  add: (a: number, b: number) => a + b,
  mul: (a: number, b: number) => a * b,
  max: Math.max,
  min: Math.min,
};

export const readReduction = (attributes: Attributes): Combine | undefined =>
  combines[attributes.choice('reduction', ['none', 'add', 'mul', 'max', 'min'], 'none')];

/** A copy of `x` and the function that writes one update into it. Without combining, a place may be written once only. */
export function scatterInto(
  node: Node,
  x: Tensor,
  combine: Combine | undefined,
): { result: Tensor; write: (at: number, value: number) => void } {
  if (x.strings) throw unsupported(node, 'it scatters strings');
  const result = { ...x, data: x.data.slice() };
  const store = storer(x.type, node);
  const written = new Set<number>();
  const write = (at: number, value: number): void => {
    if (combine) {
      result.data[at] = store(combine(result.data[at]!, value));
      return;
    }
    if (written.has(at)) throw unsupported(node, 'two updates meet in one place');
    written.add(at);
    result.data[at] = value;
  };
  return { result, write };
}
