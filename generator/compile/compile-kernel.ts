/** Program -> AssemblyScript source, kernel.wasm and manifest. */
import { createHash } from 'node:crypto';
import type { KernelManifest, ManifestChannel, ManifestDecision } from '../../kernel/manifest.ts';
import { emitSource } from '../emit/emit-source.ts';
import type { Program } from '../emit/program.ts';
import { planMemory, type MemoryPlan } from '../layout/plan.ts';
import { compileAssemblyScript } from './assemblyscript.ts';
import { cached } from './cache.ts';
import { dataSegment } from './data-segment.ts';
import { link } from './link.ts';
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
  /** Folder for compiled code by content hash; absent: compile anew. */
  cacheFolder?: string;
}

export async function compileKernel(
  program: Program,
  identity: KernelIdentity,
  options: CompileOptions,
): Promise<CompiledKernel> {
  const plan = planMemory(program);
  const source = emitSource(program, plan, options);
  const code = await cached(options.cacheFolder, source, () =>
    compileAssemblyScript(program.name, source, plan.pages),
  );
  const unsigned = dataSegment(plan, new Uint8Array(8));
  const signature = createHash('sha256').update(code).update(unsigned).digest().subarray(0, 8);
  const wasm = link(code, plan, dataSegment(plan, signature));
  await validateKernel(program.name, wasm);
  const manifest = writeManifest(program, plan, identity, {
    generator: options.generator,
    wasmSha256: createHash('sha256').update(wasm).digest('hex'),
    signature: Buffer.from(signature).toString('hex'),
  });
  return { source, wasm, manifest, plan };
}
