/** Cycles of compiled code booked to wasm functions and blocks. */
import type { Core } from '../../cores/index.ts';
import type { BlockCounts, ModuleAnalysis } from '../../wasm/index.ts';
import { buildFor, buildKey, firmware, type Build } from './build.ts';
import { compileModule, type CompiledFunction } from './compile.ts';
import { execute } from './execute.ts';

/** Compiled code depends on the core only through the build: it is made once for each counts and build. */
const compiled = new WeakMap<BlockCounts, Map<string, CompiledFunction[]>>();

/** The code of all functions that ran and stand alone. Whoever asks about code with the same counts shares it. */
export function compiledFor(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  build: Build,
): readonly CompiledFunction[] {
  if (build.rewritten && !analysis.placed) throw new Error('firmware is compiled by its proof');
  let builds = compiled.get(counts);
  if (!builds) compiled.set(counts, (builds = new Map()));
  const key = buildKey(build);
  let code = builds.get(key);
  if (!code) builds.set(key, (code = compileModule(analysis, counts, build)));
  return code;
}

/** Cycles spent in each wasm block, by function index and block id. Inlined code is booked where it comes from. */
export function compiledBlockCycles(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  { checked, rewritten = false }: { checked: boolean; rewritten?: boolean },
  core: Core,
): number[][] {
  const result = analysis.functions.map((f) => f.blocks.map(() => 0));
  for (const { allocation } of compiledFor(analysis, counts, buildFor(core, checked, rewritten))) {
    const cycles = execute(allocation.code, core);
    for (const b of allocation.code.blocks) {
      const total = b.weight * cycles.get(b.id)!;
      if (total === 0) continue;
      const share = total / Math.max(1, b.code.length);
      for (const m of b.code) result[m.origin.f]![m.origin.block]! += share;
      if (b.code.length === 0) result[b.origin.f]![b.origin.block]! += total;
    }
  }
  return result;
}

/** Bytes of the compiled functions as firmware: 2 or 4 an instruction. */
export function compiledCodeBytes(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  checked: boolean,
  rewritten = false,
): number {
  let bytes = 0;
  for (const { allocation } of compiledFor(analysis, counts, firmware(checked, rewritten)))
    for (const b of allocation.code.blocks)
      for (const m of b.code) bytes += 2 + 2 * m.wide * (m.kind === 'branch' ? 0 : 1);
  return Math.round(bytes);
}
