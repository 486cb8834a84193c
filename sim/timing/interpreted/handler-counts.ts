/** How often each handler of an interpreter runs. */
import { edgeCounts } from '../../wasm/edge-counts.ts';
import type { FunctionAnalysis } from '../../wasm/index.ts';
import type { Translation } from './translation.ts';

/** What a block runs each time, and what its branch runs when it is taken, with the share of times that it is. */
export interface BlockHandlers {
  always: string[];
  taken: string[];
  takenTimes: number;
}

export function blockHandlers(
  f: FunctionAnalysis,
  translation: Translation,
  counts: readonly number[],
): BlockHandlers[] {
  const edges = edgeCounts(f, counts);
  return f.blocks.map(({ id, first, last, exits }) => {
    const always = id === 0 ? [...translation.entry] : [];
    for (let k = first; k < last; k++) always.push(...translation.handlers[k]!);
    const taken = translation.taken.get(last - 1) ?? [];
    const takenTimes = exits.reduce((sum, e, i) => sum + (e.taken ? edges[id]![i]! : 0), 0);
    return { always, taken, takenTimes: taken.length ? takenTimes : 0 };
  });
}
