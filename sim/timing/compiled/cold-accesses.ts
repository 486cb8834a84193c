/**
 * Loads whose accessor gcc calls. wasm2c writes each access as a call of a small function. The inliner takes none in that makes code larger where the call is reached less than a
 * thousandth as often as the function (cgraph_edge::maybe_hot_p, param hot-bb-frequency-fraction): it is unlikely, it says. By gcc's guesses that is behind some 65 stores, each of which
 * may trap, or behind a row of loops with stores. What the early inliner takes, it takes everywhere.
 */
import type { FunctionAnalysis } from '../../wasm/index.ts';
import { mayTrap } from './flow-counts.ts';
import type { FlowGraph } from './flow-graph.ts';
import { isLateAccess } from './inline-order.ts';
import { passesCheck, passesOther } from './static-profile.ts';

/** param hot-bb-frequency-fraction. */
const fraction = 1000;

/** What gcc takes an accessor for in size, and what a call of it makes the code larger by, which is less where the address is a constant. */
const [accessorSize, growth, growthOfConstant] = [13, 4, 3];

/**
 * Accessors that stay functions. The few calls that are left of one are inlined after all where that makes the code no larger, since the function goes then
 * (want_inline_function_to_all_callers_p).
 */
export function calledAccessors(
  functions: readonly FunctionAnalysis[],
  coldOf: (f: FunctionAnalysis) => ReadonlySet<number>,
): Set<string> {
  const grown = new Map<string, number>();
  for (const f of functions)
    for (const at of coldOf(f)) {
      const { body } = f.wasm;
      const { name } = body[at]!;
      const more = body[at - 1]?.name.endsWith('.const') ? growthOfConstant : growth;
      grown.set(name, (grown.get(name) ?? 0) + more);
    }
  return new Set([...grown].filter(([, more]) => more > accessorSize).map(([name]) => name));
}

/** Of a function by itself: loads whose calls the inliner leaves at first. */
export function coldAccesses({ entry, blocks, root }: FlowGraph): Set<number> {
  const { body } = root.wasm;
  const called = new Set<number>();
  for (const b of blocks) {
    let count = b.enters ? b.count * passesOther : b.count;
    for (let i = b.first; i < b.last; i++) {
      const { name } = body[i]!;
      if (isLateAccess(name)) {
        // Floating point is passed in other registers; none was seen called.
        if (name.startsWith('i') && count * fraction < entry.count) called.add(i);
      } else if (/\.(load|store)/.test(name)) count *= passesCheck;
      else if (mayTrap(body, i)) count *= b.divides;
    }
  }
  return called;
}
