/** Program -> AssemblyScript source, kernel.wasm and manifest. */
import { createHash } from 'node:crypto';
import type { KernelManifest, ManifestChannel, ManifestDecision } from '../../kernel/manifest.ts';
import { emitSource } from '../emit/emit-source.ts';
import type { Program } from '../emit/program.ts';
import { planMemory, type MemoryPlan } from '../layout/plan.ts';
import { compileAssemblyScript } from './assemblyscript.ts';
import { cacheFolder } from './cache-folder.ts';
import { cached } from './cache.ts';
import { countingLibrary, withCounters } from './debug.ts';
import { dataSegment, SIGNATURE_BYTES } from './data-segment.ts';
import { constantsOf, link } from './link.ts';
import { writeManifest } from './write-manifest.ts';
import { validateKernel } from './validate.ts';

/** What the manifest says of the pipeline that the program itself does not know. */
export interface KernelIdentity {
  rateHz: number;
  windowSeconds: number;
  hopSeconds: number;
  steps: number;
  channels: ManifestChannel[];
  trainedForRate: boolean;
  /** Bits of weight matrices that were chosen. */
  widths?: { readonly [matrix: string]: number };
  decision: ManifestDecision;
  /** Block names by role. */
  io: {
    frame?: string;
    time?: string;
    sensor?: string;
    modelInput: string;
    modelOutput: string;
    score?: string;
    retrain?: string;
    choice?: string;
    suspended?: string;
    key?: string;
  };
}

export interface CompiledKernel {
  source: string;
  wasm: Uint8Array;
  manifest: KernelManifest;
  plan: MemoryPlan;
}

export interface CompileOptions {
  /** e.g. "escapement 0.1.0" */
  generator: string;
  /** Folder for finished modules by content, `cacheFolder()` unless given; null: make it anew. */
  cacheFolder?: string | null;
  /** A debug build, which counts saturations by stage (debug.ts). */
  debug?: boolean;
}

export async function compileKernel(
  given: Program,
  identity: KernelIdentity,
  options: CompileOptions,
): Promise<CompiledKernel> {
  const program = options.debug ? withCounters(given) : given;
  const plan = planMemory(program);
  const source = emitSource(program, plan, options);
  const constants = dataSegment(plan, new Uint8Array(SIGNATURE_BYTES));
  const folder = options.cacheFolder === undefined ? cacheFolder() : (options.cacheFolder ?? undefined);
  const { pages, dataEnd, heapBase } = plan;
  const simd = program.profile === 'host';
  const ingredients = [source, constants, `${pages} ${dataEnd} ${heapBase} ${simd ? 'simd' : ''}`];
  const wasm = await cached(folder, ingredients, async () => {
    const code = await compileAssemblyScript(program.name, source, {
      pages,
      simd,
      ...(options.debug ? { counting: (fixed: string) => countingLibrary(fixed, plan) } : {}),
    });
    const signature = createHash('sha256')
      .update(code)
      .update(constants)
      .digest()
      .subarray(0, SIGNATURE_BYTES);
    const made = link(code, plan, dataSegment(plan, signature));
    // What only this computer runs need not be flashable.
    if (!simd) validateKernel(program.name, made);
    return made;
  });
  const manifest = writeManifest(program, plan, identity, {
    generator: options.generator,
    wasmSha256: createHash('sha256').update(wasm).digest('hex'),
    signature: Buffer.from(constantsOf(wasm, constants.length).subarray(0, SIGNATURE_BYTES)).toString('hex'),
  });
  return { source, wasm, manifest, plan };
}
