/** Deepest call stack of compiled code, by the same compiled-code model that cycles come from. */
import type { BlockCounts, ModuleAnalysis } from '../wasm/index.ts';
import { compiledFor } from './compiled/block-cycles.ts';
import { firmware, type Build } from './compiled/build.ts';

/** Bytes of the frame of each function that stands alone, by function index. */
function framesOf(analysis: ModuleAnalysis, counts: BlockCounts, build: Build): Map<number, number> {
  return new Map(
    compiledFor(analysis, counts, build).map(({ root, allocation: { saved, spills } }) => {
      // Registers are pushed in pairs, the return address among them, so that the stack stays aligned to 8 bytes.
      const bytes = Math.ceil((saved + 1) / 2) * 8 + Math.ceil(spills / 2) * 8;
      return [analysis.functions.indexOf(root), bytes];
    }),
  );
}

/**
 * Bytes below the caller of an export on a 32-bit Arm core: saved registers and spill slots of every function on the deepest path of
 * calls. Inlined functions lie in the frames of their callers. The module must not recurse (a rule of `escapement lint`): undefined if it does.
 */
export function compiledStackBytes(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  entry: string,
  checked: boolean,
  rewritten = false,
): number | undefined {
  const frames = framesOf(analysis, counts, firmware(checked, rewritten));
  const callees = analysis.functions.map(
    (f) => new Set(f.wasm.body.filter((i) => i.name === 'call').map((i) => i.index)),
  );
  const depth = (f: number, above: readonly number[]): number => {
    if (above.includes(f)) return Number.NaN;
    const below = [...callees[f]!].map((c) => depth(c, [...above, f]));
    return (frames.get(f) ?? 0) + Math.max(0, ...below);
  };
  const index = analysis.module.exports.find((e) => e.kind === 'function' && e.name === entry)?.index;
  if (index === undefined) return undefined;
  const bytes = depth(index, []);
  return Number.isNaN(bytes) ? undefined : bytes;
}
