/**
 * `npm run reference:freeze`: compiles the shipped examples and stores them in test/reference/shipped as they stand just before infer() runs on a real
 * window: the module's own bytes, its data segment replaced by the memory after warm-up. Code and addresses are those of kernel.wasm.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build, framesOf, openPipeline } from '../../../cli/workbench.ts';
import { chooseModel } from '../../../generator/choose-model.ts';
import { KernelInstance } from '../../../kernel/instance.ts';
import type { FirmwareFacts } from './firmware.ts';
import { withMemory } from './with-memory.ts';

/** Windows that a template is made of before a decision. */
const enrolmentWindows = 3;

const kernels: Record<string, { pipeline: string; model?: string; rateHz?: number }> = {
  'pulse-25': { pipeline: 'pulse', model: '25hz', rateHz: 25 },
  'pulse-64': { pipeline: 'pulse', model: '64hz', rateHz: 64 },
  rnn64: { pipeline: 'deepauth', model: 'rnn64', rateHz: 50 },
  sub128: { pipeline: 'deepauth', model: 'sub128', rateHz: 50 },
  smarteryou: { pipeline: 'smarteryou' },
  typing102: { pipeline: 'typing102' },
};

async function freeze(name: string): Promise<FirmwareFacts> {
  const { pipeline, model, rateHz } = kernels[name];
  const loaded = openPipeline(pipeline);
  const choice = chooseModel(loaded.pipeline, { model, rateHz });
  const { wasm, manifest } = await build(loaded, choice);
  const kernel = KernelInstance.load(wasm, manifest);
  const frames = framesOf(loaded, choice.rateHz);
  let at = 0;
  const window = () => {
    if (!manifest.io.time) while (!kernel.push(frames[at++ % frames.length]));
    else fillBySamples(kernel, frames, choice.rateHz, () => at++);
  };
  kernel.reset();
  for (let w = 0; w < enrolmentWindows && manifest.decision.kind === 'mvn'; w++) {
    window();
    kernel.infer();
    kernel.enrol();
  }
  window();
  const memory = kernel.cells({ name: 'memory', address: 0, type: 'i8', length: manifest.memory.heapBase });
  const frozen = withMemory(wasm, new Uint8Array(memory.buffer, 0, memory.length));
  writeFileSync(new URL(`../shipped/${name}.wasm`, import.meta.url), frozen);
  process.stdout.write(`${name}: ${wasm.length} bytes, frozen ${frozen.length}\n`);
  const { constantBytes, heapBase } = manifest.memory;
  return { constantBytes, heapBase };
}

/** Sensors with time stamps: every sensor's channels at each frame's time, until a window is ready. */
function fillBySamples(
  kernel: KernelInstance,
  frames: readonly Int32Array[],
  rateHz: number,
  next: () => number,
): void {
  const { channels } = kernel.manifest;
  const groups: { first: number; length: number }[] = [];
  channels.forEach((c, i) => {
    const before = channels[i - 1];
    if (before && before.sensor === c.sensor && before.device === c.device) groups.at(-1)!.length++;
    else groups.push({ first: i, length: 1 });
  });
  let ready = false;
  while (!ready) {
    const at = next();
    const frame = frames[at % frames.length];
    const time = BigInt(Math.round((at * 1e6) / rateHz));
    for (const [sensor, { first, length }] of groups.entries())
      ready = kernel.sample(sensor, time, first, frame.subarray(first, first + length)) === 1 || ready;
  }
}

mkdirSync(new URL('../shipped/', import.meta.url), { recursive: true });
const file = new URL('../shipped/kernels.json', import.meta.url);
const facts: Record<string, FirmwareFacts> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(kernels))
  facts[name] = await freeze(name);
writeFileSync(file, `${JSON.stringify(facts, null, 2)}\n`);
