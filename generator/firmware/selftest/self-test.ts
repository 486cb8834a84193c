/**
 * Proves a kernel on an emulated target: builds the C sources of its bundle, runs them in QEMU on real windows, and compares
 * every output bit for bit with what V8 computed from the same bytes. Counts instructions on the way. Instructions are not
 * cycles: flash wait states, load latency and branches come on top.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firmwareRefusals } from '../../../common/refusals/index.ts';
import type { KernelManifest } from '../../../kernel/manifest.ts';
import { findRuntimeExport } from '../runtimes/index.ts';
import { bundleSources } from '../sources.ts';
import type { FirmwareVectors } from '../vectors.ts';
import type { BoundsChecks } from '../wasm2c/access-plan.ts';
import { buildImage, type ObjectSize } from './build.ts';
import { emulate, type EmulatedRun } from './emulate.ts';
import { requireTools, toolchains, version, type SelfTestTarget } from './toolchain.ts';

export interface SelfTestInput {
  target: SelfTestTarget;
  kernel: { wasm: Uint8Array; manifest: KernelManifest };
  vectors: FirmwareVectors;
  /** Default: proved. */
  checks?: BoundsChecks;
  /** Default: flash. */
  weights?: 'flash' | 'ram';
  /** Default: -O2 on m4, -O3 on a7. */
  optimisation?: string;
  /** Keeps wasm2c's barrier behind every load, to measure what it costs. */
  pinLoads?: boolean;
}

export interface Count {
  least: number;
  mean: number;
  most: number;
}

export interface SelfTestReport {
  target: SelfTestTarget;
  title: string;
  windows: number;
  /** Every decision, output and score equals V8's, by the device's own comparison and by the host's. */
  identical: boolean;
  /** What differs, one line each. */
  differences: string[];
  /** Executed instructions of one call: of infer(), of push() and of sample(), where the vectors have them. */
  instructions: { inference: Count; push?: Count; sample?: Count };
  /** Deepest stack of an inference; bare metal only. */
  stackBytes?: number;
  /** Of what a firmware links. */
  flashBytes: number;
  ramBytes: number;
  objects: ObjectSize[];
  imageSha256: string;
  /** Of the translation: weights, bounds checks, memory accesses by kind. */
  facts: { [fact: string]: unknown };
  tools: { compiler: string; emulator: string; flags: string };
}

/** Throws ESC710 where a tool is missing, ESC711 where one fails, ESC713 for vectors without a window. */
export async function selfTest(input: SelfTestInput): Promise<SelfTestReport> {
  const { target, kernel, vectors } = input;
  requireTools(target);
  if (vectors.windows.length === 0) throw firmwareRefusals.noWindows(kernel.manifest.name);
  const toolchain = toolchains[target];
  const flags = [
    input.optimisation ?? toolchain.optimisation,
    ...(input.pinLoads ? ['-DESC_PIN_LOADS'] : []),
  ];
  const { checks = 'proved', weights = 'flash' } = input;
  const sources = bundleSources(
    { ...kernel, runtime: 'wasm2c', vectors, checks, weights },
    findRuntimeExport('wasm2c'),
  );
  const folder = mkdtempSync(join(tmpdir(), 'escapement-'));
  try {
    const image = await buildImage(folder, sources, toolchain, flags);
    const ran = await emulate(folder, image, toolchain);
    const differences = compare(vectors, ran);
    const { inference, push, sample } = spansByCall(vectors, ran.spans);
    return {
      target,
      title: toolchain.title,
      windows: ran.windows.length,
      identical: differences.length === 0,
      differences,
      instructions: {
        inference: countOf(inference),
        ...(push.length > 0 ? { push: countOf(push) } : {}),
        ...(sample.length > 0 ? { sample: countOf(sample) } : {}),
      },
      ...(target === 'm4' ? { stackBytes: Math.max(...ran.windows.map((w) => w.stackBytes)) } : {}),
      flashBytes: image.objects.reduce((sum, o) => sum + o.textBytes + o.dataBytes, 0),
      ramBytes: image.objects.reduce((sum, o) => sum + o.dataBytes + o.bssBytes, 0),
      objects: image.objects,
      imageSha256: image.imageSha256,
      facts: sources.runtime.facts,
      tools: {
        compiler: version(toolchain.compiler) ?? '',
        emulator: version(toolchain.emulator) ?? '',
        flags: [...toolchain.flags, ...flags].join(' '),
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(vectors: FirmwareVectors, ran: EmulatedRun): string[] {
  const found: string[] = [];
  if (ran.windows.length !== vectors.windows.length)
    found.push(`${ran.windows.length} windows ran, V8 had ${vectors.windows.length}`);
  ran.windows.forEach(({ output }, i) => {
    const wanted = vectors.windows[i]?.output ?? [];
    const at = wanted.findIndex((cell, k) => cell !== output[k]);
    if (at >= 0) found.push(`window ${i}, output ${at}: ${output[at]} on the target, ${wanted[at]} in V8`);
  });
  if (ran.result !== 0 || ran.differences !== 0)
    found.push(`the device's own comparison: result ${ran.result}, ${ran.differences} differences`);
  return found;
}

/** Spans come in the order of the calls: one for each push or sample, one for each inference when its window is due. */
function spansByCall(
  vectors: FirmwareVectors,
  spans: readonly number[],
): { inference: number[]; push: number[]; sample: number[] } {
  const pushed = vectors.inputs.length === 0;
  const places = vectors.windows.map(({ after }, i) => (pushed ? after + i : i));
  const fed = spans.filter((_, i) => !places.includes(i));
  return {
    inference: spans.filter((_, i) => places.includes(i)),
    push: fed.slice(0, vectors.frames.length),
    sample: fed.slice(vectors.frames.length),
  };
}

function countOf(spans: readonly number[]): Count {
  const mean = spans.reduce((a, b) => a + b, 0) / spans.length;
  return { least: Math.min(...spans), mean: Math.round(mean), most: Math.max(...spans) };
}
