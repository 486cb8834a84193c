/** Counters of a debug kernel against those of the integer reference, and its results against those of the flashable one. */
import { describe, expect, it } from 'vitest';
import { KernelInstance } from '../../kernel/instance.ts';
import { createIntegerMemory } from '../emit/integer-memory.ts';
import { takeSaturations } from '../emit/saturations.ts';
import type { Network } from '../graph/network.ts';
import { random, view } from '../layers/testing.ts';
import { quantizeNetwork } from '../quantize/quantize-network.ts';
import { compileKernel } from './compile-kernel.ts';
import { countingLibrary, SATURATIONS_BLOCK } from './debug.ts';

/** x -> small (12 inputs, relu) -> y. */
function network(): { network: Network; windows: Float64Array[] } {
  const r = random(31);
  return {
    network: {
      name: 'debug',
      buffers: {
        x: { steps: 1, features: 12 },
        h: { steps: 1, features: 8 },
        y: { steps: 1, features: 3 },
      },
      input: 'x',
      output: 'y',
      layers: [
        {
          ...{ kind: 'dense', name: 'first', activation: 'relu', input: view('x', 1, 12) },
          ...{ output: view('h', 1, 8), weights: r.array(96), bias: r.array(8) },
        },
        {
          ...{ kind: 'dense', name: 'second', activation: 'none', input: view('h', 1, 8) },
          ...{ output: view('y', 1, 3), weights: r.array(24), bias: r.array(3) },
        },
      ],
    },
    windows: Array.from({ length: 20 }, () => r.array(12)),
  };
}

describe('a debug kernel', () => {
  it.each([16, 8] as const)(
    'counts by stage what the integer reference counts, activations of %d bits',
    async (bits) => {
      const { network: float, windows } = network();
      const widths = { h: bits };
      const q = quantizeNetwork(float, { windows }, { weightBits: 8, activationBits: 16, widths });
      const program = {
        name: 'debug',
        blocks: q.blocks,
        stages: q.stages,
        entries: [{ name: 'model' as const, stages: q.stages.map((s) => s.name) }],
      };
      const identity = {
        ...{ rateHz: 1, windowSeconds: 1, hopSeconds: 1, steps: 1, channels: [], trainedForRate: true },
        decision: { kind: 'argmax' as const, classes: 3 },
        io: { modelInput: q.inputBlock, modelOutput: q.outputBlock },
      };
      const made = { generator: 'test', cacheFolder: null };
      const [plain, debug] = await Promise.all([
        compileKernel(program, identity, made),
        compileKernel(program, identity, { ...made, debug: true }),
      ]);
      const kernels = [plain, debug].map(({ wasm, manifest }) => KernelInstance.load(wasm, manifest));
      const counters = debug.manifest.blocks.find((b) => b.name === SATURATIONS_BLOCK)!;
      expect(plain.manifest.blocks.map((b) => b.name)).not.toContain(SATURATIONS_BLOCK);

      const memory = createIntegerMemory(q.blocks);
      const r = random(32);
      const counted = [0, 0];
      takeSaturations();
      for (let k = 0; k < 50; k++) {
        const input = Int16Array.from({ length: 12 }, () => r.pick([-32768, 32767, 0, 15000]));
        memory.i16(q.inputBlock).set(input);
        q.stages.forEach((stage, s) => {
          stage.run(memory);
          counted[s]! += takeSaturations();
        });
        for (const kernel of kernels) {
          (kernel.cells(kernel.manifest.io.modelInput) as Int16Array).set(input);
          kernel.model();
          expect(kernel.cells(kernel.manifest.io.modelOutput)).toEqual(memory.i16(q.outputBlock));
        }
      }
      expect(counted[0]).toBeGreaterThan(0);
      expect([...(kernels[1]!.cells(counters) as Int32Array)]).toEqual(counted);
      kernels[1]!.reset();
      expect([...(kernels[1]!.cells(counters) as Int32Array)]).toEqual([0, 0]);
    },
  );

  it('notices when the library has changed under it', () => {
    expect(() => countingLibrary('export const nothing = 0;', { placements: new Map() } as never)).toThrow(
      'no saturate16',
    );
  });
});
