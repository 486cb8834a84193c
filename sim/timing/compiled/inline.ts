/**
 * Which callees gcc -O2 inlines. wasm2c's functions are static, with an exported wrapper around each export: one that
 * has a single call site is inlined unless both get too large together (-finline-functions-called-once), and so are those
 * that make a caller grow by no more than max-inline-insns-auto. Recursive functions stay as they are.
 */
import type { FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import { inlineSize } from './inline-size.ts';

/** max-inline-insns-auto at -O2. */
const maximumGrowth = 15;
/** param inline-heuristics-hint-percent at -O2. */
const hinted = 2;
/** param inline-functions-called-once-insns: what a function and the only one that calls it may come to together. */
const maximumTogether = 4000;
/** param inline-functions-called-once-loop-depth. */
const maximumDepth = 6;
/** The check of the depth of calls, and its decrement. */
const depthSize = 8;

export interface InlinePlan {
  inlines(caller: number, callee: number): boolean;
  /** Whether some code of the function stays outside of its callers. */
  standsAlone(f: number): boolean;
}

export function inlinePlan(
  analysis: ModuleAnalysis,
  checked: boolean,
  iterationsAreKnown: (callee: number) => boolean = () => false,
): InlinePlan {
  const sites = new Map<number, number>();
  const callees = analysis.functions.map((f) => {
    const called = f.wasm.body.filter((i) => i.name === 'call').map((i) => i.index);
    for (const c of called) sites.set(c, (sites.get(c) ?? 0) + 1);
    return new Set(called);
  });
  for (const e of analysis.module.exports)
    if (e.kind === 'function') sites.set(e.index, (sites.get(e.index) ?? 0) + 1);
  for (const e of analysis.module.elements) sites.set(e, (sites.get(e) ?? 0) + 2);
  const recursive = analysis.functions.map((_, i) => reaches(callees, i, i));
  const inlined = analysis.functions.map((f, i) => {
    if (recursive[i]) return false;
    if ((sites.get(i) ?? 0) <= 1) return false;
    const size = growth(f, checked);
    if (f.loops.length === 0) return size <= maximumGrowth;
    return size <= hinted * maximumGrowth && (size <= maximumGrowth || iterationsAreKnown(i));
  });
  inlineCalledOnce(analysis, checked, inlined, (i) => (sites.get(i) ?? 0) <= 1 && !recursive[i]);
  // Called by others than direct calls of the module: from outside, or through a table.
  const alone = new Set(analysis.module.exports.filter((e) => e.kind === 'function').map((e) => e.index));
  for (const e of analysis.module.elements) alone.add(e);
  return {
    inlines: (_caller, callee) => inlined[callee]!,
    standsAlone: (f) => !inlined[f] || alone.has(f) || analysis.module.start === f,
  };
}

/** Functions with a single call go into their callers as long as these do not get too large (check_callers of ipa-inline.cc), the last of the module first. */
function inlineCalledOnce(
  { functions }: ModuleAnalysis,
  checked: boolean,
  inlined: boolean[],
  isCalledOnce: (f: number) => boolean,
): void {
  const into = new Map<number, number>();
  const sizes = functions.map((f) => depthSize + inlineSize(f, checked));
  for (let i = functions.length - 1; i >= 0; i--) {
    if (!isCalledOnce(i)) continue;
    const caller = functions.findIndex((f) => f.wasm.body.some((x) => x.name === 'call' && x.index === i));
    if (caller < 0) {
      inlined[i] = true;
      continue;
    }
    let root = caller;
    while (into.has(root)) root = into.get(root)!;
    const together = sizes[root]! + sizes[i]! - call(functions[i]!);
    if (together > maximumTogether || depthOfCall(functions[caller]!, i) > maximumDepth) continue;
    inlined[i] = true;
    into.set(i, root);
    sizes[root] = together;
  }
}

function depthOfCall(f: FunctionAnalysis, callee: number): number {
  const at = f.wasm.body.findIndex((x) => x.name === 'call' && x.index === callee);
  const block = f.blocks.find((b) => b.first <= at && at < b.last)!;
  return f.loops[block.loop]?.depth ?? 0;
}

/** The instance is one of its arguments. */
const call = (f: FunctionAnalysis): number => 2 + f.wasm.type.params.length;

/** What a caller grows by: the body instead of the call with its arguments. */
const growth = (f: FunctionAnalysis, checked: boolean): number =>
  depthSize + inlineSize(f, checked) - call(f);

function reaches(callees: readonly Set<number>[], from: number, to: number): boolean {
  const seen = new Set<number>();
  const work = [...callees[from]!];
  while (work.length) {
    const f = work.pop()!;
    if (f === to) return true;
    if (seen.has(f)) continue;
    seen.add(f);
    work.push(...callees[f]!);
  }
  return false;
}
