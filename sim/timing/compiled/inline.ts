/**
 * Which callees gcc -O2 inlines. wasm2c's functions are static, with an exported wrapper around each export: one that
 * has a single call site is inlined whatever its size (-finline-functions-called-once), and so are tiny ones
 * (max-inline-insns-auto is 15 at -O2). Recursive functions stay as they are.
 */
import type { ModuleAnalysis } from '../../wasm/index.ts';

/** Operators of a function that is small enough to be inlined at every call. */
const tinyOperators = 24;

export interface InlinePlan {
  inlines(caller: number, callee: number): boolean;
  /** Whether some code of the function stays outside of its callers. */
  standsAlone(f: number): boolean;
}

export function inlinePlan(analysis: ModuleAnalysis): InlinePlan {
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
    if ((sites.get(i) ?? 0) <= 1) return true;
    return f.loops.length === 0 && f.operators.reduce((a, b) => a + b, 0) <= tinyOperators;
  });
  // Called by others than direct calls of the module: from outside, or through a table.
  const alone = new Set(analysis.module.exports.filter((e) => e.kind === 'function').map((e) => e.index));
  for (const e of analysis.module.elements) alone.add(e);
  return {
    inlines: (_caller, callee) => inlined[callee]!,
    standsAlone: (f) => !inlined[f] || alone.has(f) || analysis.module.start === f,
  };
}

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
