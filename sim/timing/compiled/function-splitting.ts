/**
 * Functions that are split before anything but accessors is inlined (ipa-split.cc): one that is called from several places and begins with a loop keeps the loop and what follows it as a part, and the check of the
 * depth of calls in front of that, which is all of the rest, goes to the callers. Any other beginning would only call the part every time.
 */
import type { ModuleAnalysis } from '../../wasm/index.ts';
import type { EarlyGraphs } from './early-graphs.ts';
import type { Block, Graph } from './ir.ts';
import { liesBehindDepth } from './memory-state.ts';

/** param max-inline-insns-auto, and 10 for what inlining makes simpler. */
const largestHead = 25;
/** Size of the call of a trap. */
const trap = 2;

/**
 * @param reached Functions that anything may call.
 * @param wrapped Those that a wrapper calls as well.
 * @param sizeOf What a function is taken for.
 */
export function splitFunctions(
  { functions }: ModuleAnalysis,
  reached: Iterable<number>,
  wrapped: readonly number[],
  graphOf: EarlyGraphs,
  sizeOf: (f: number) => number,
): Set<number> {
  const calls = functions.map(() => 0);
  const called = [...reached];
  for (const f of called)
    for (const { name, index } of functions[f]!.wasm.body)
      if (name === 'call' && index !== f) calls[index]!++;
  for (const f of wrapped) calls[f]!++;
  return new Set(
    called.filter((f) => {
      if (calls[f]! < 2 || functions[f]!.loops.length === 0) return false;
      // The trap is reached less often: it is the part, which goes back in, where everything else may be a head. To call what returns nothing is smaller than to call the trap.
      if (functions[f]!.wasm.type.results.length === 0 && sizeOf(f) - trap + 1 < largestHead) return false;
      const g = graphOf(functions[f]!);
      return beginsWithLoop(g) && readsDepthAgain(g);
    }),
  );
}

/** A part cannot be given the depth of calls: it has to read it on its way out, as behind a store that may change it. */
const readsDepthAgain = ({ blocks }: Graph): boolean =>
  blocks.some((b) =>
    b.nodes.some((n) =>
      /^(call|accessor)$/.test(n.op) ? n.name !== 'access' : n.op === 'store' && !liesBehindDepth(n),
    ),
  );

/** Nothing stands between the check of the depth and the first loop that the loop would have to be given. */
function beginsWithLoop({ entry }: Graph): boolean {
  const check = entry.nodes.findIndex((n) => n.op === 'enter');
  if (check < 0 || !isEmpty(entry, check + 1)) return false;
  let b: Block = entry;
  do {
    if (b.term.kind !== 'jump') return false;
    b = b.term.edges[0].to;
    if (b.loop?.header === b) return true;
  } while (isEmpty(b, 0));
  return false;
}

const isEmpty = ({ nodes }: Block, from: number): boolean =>
  nodes.slice(from).every((n) => n.op === 'goto' || n.op === 'param');
