/**
 * One meaning, many speeds: on real recordings every stage of both examples leaves the same bits in every block
 * when it runs as WebAssembly and when it runs as the TypeScript integer reference. Scratch is left out: a buffer that
 * only one stage touches is dead when the stage ends, and the reference keeps some of it in variables of its own.
 */
import { describe, expect, it } from 'vitest';
import { loadPipeline } from '../../generator/pipeline/load.ts';
import { buildKernel } from '../../generator/build-kernel.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { readRecording } from '../../generator/data/recording.ts';
import { toFrames } from '../../generator/data/resample.ts';
import { createIntegerMemory } from '../../generator/emit/integer-memory.ts';
import { KernelInstance } from '../../kernel/instance.ts';

const cases = [
  ['pulse', '20hz', 20, 'aot'],
  ['pulse', '25hz', 25, 'aot'],
  ['pulse', '25hz', 25, 'interp'],
  ['pulse', '25hz', 25, 'host'],
  ['pulse', '64hz', 64, 'aot'],
  ['deepauth', 'rnn64', 50, 'aot'],
  ['deepauth', 'rnn128', 50, 'aot'],
  ['deepauth', 'rnn128', 50, 'interp'],
  ['deepauth', 'sub128', 50, 'aot'],
  ['deepauth', 'sub128', 50, 'interp'],
  ['deepauth', 'sub128', 50, 'host'],
] as const;

describe('kernel and integer reference', () => {
  it.each(cases)(
    'agree in every block after every stage of %s/%s at %i Hz, profile %s',
    async (name, model, rateHz, profile) => {
      const path = new URL(`../../examples/${name}/pipeline.json`, import.meta.url).pathname;
      const loaded = loadPipeline(path);
      const { pipeline } = loaded;
      const built = await buildKernel(loaded, chooseModel(pipeline, { model, rateHz }), {
        generator: 'test',
        profile,
      });
      expect(built.manifest.profile).toBe(profile);
      const kernel = KernelInstance.load(built.wasm, built.manifest);
      const memory = createIntegerMemory(built.program.blocks);
      const stages = new Map(built.program.stages.map((stage) => [stage.name, stage]));
      const blocks = new Map(built.manifest.blocks.map((block) => [block.name, block]));
      const entry = (which: string) => built.manifest.entries.find((e) => e.export === which)!.stages;
      const [source] = pipeline.recordings!;
      const channels = pipeline.channels.map((c) => c.name);
      const recording = readRecording(loaded.resolve(source.file), channels);
      const frames = toFrames(recording, pipeline.channels, rateHz, source.resample);

      const touches = (block: string) => built.program.stages.filter((s) => s.blocks.includes(block)).length;
      const isScratch = (block: string) => blocks.get(block)!.kind === 'buffer' && touches(block) === 1;
      let compared = 0;
      const step = (stageName: string): number => {
        const stage = stages.get(stageName)!;
        const ours = stage.run(memory) ?? 0;
        const theirs = kernel.call(stageName) ?? 0;
        if (stage.returns === 'i32') expect(theirs).toBe(ours);
        for (const block of stage.blocks) {
          if (isScratch(block)) continue;
          const cells = kernel.cells(blocks.get(block)!);
          const same = Buffer.compare(bytes(cells), bytes(memory.cells(block))) === 0;
          if (!same) expect([stageName, block, ...cells]).toEqual([stageName, block, ...memory.cells(block)]);
          compared += cells.length;
        }
        return theirs;
      };

      kernel.reset();
      const frame = built.manifest.io.frame!;
      let windows = 0;
      for (const sample of frames) {
        (kernel.cells(frame) as Int32Array).set(sample);
        memory.i32(frame.name).set(sample);
        if (step(entry('push')[0]) !== 1) continue;
        entry('infer').forEach(step);
        if (pipeline.decision.kind === 'mvn') entry('enrol').forEach(step);
        if (++windows === 3) break;
      }
      expect(windows).toBeGreaterThanOrEqual(2);
      expect(compared).toBeGreaterThan(100_000);
    },
  );
});

const bytes = (cells: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }): Buffer =>
  Buffer.from(cells.buffer, cells.byteOffset, cells.byteLength);
