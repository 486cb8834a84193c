/** Issue of every wasm runtime: weights take RAM. A Bi-LSTM of 128 units has to fit a microcontroller of 256 KB all the same. */
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../generator/compile/compile-kernel.ts';
import { selfTest } from '../../generator/firmware/selftest/self-test.ts';
import { missingTools } from '../../generator/firmware/selftest/toolchain.ts';
import { recordVectors } from '../../generator/firmware/vectors.ts';
import { random, view } from '../../generator/layers/testing.ts';
import type { Network } from '../../generator/graph/network.ts';
import { buildProgram } from '../../generator/pipeline/build-program.ts';
import { loadPipeline } from '../../generator/pipeline/load.ts';
import { quantizeNetwork } from '../../generator/quantize/quantize-network.ts';

const UNITS = 128;
const STEPS = 100;
const CLASSES = 20;
/** nRF52840: 256 KB of RAM, of which a firmware with a radio keeps a good part for itself. */
const RAM_BYTES = 256 * 1024;

/** The Pulse model's shape with twice its units; random weights, since nobody trained this one. */
function network(channels: number): Network {
  const { array } = random(128);
  return {
    name: 'bilstm128',
    buffers: {
      x: { steps: STEPS, features: channels },
      h: { steps: STEPS, features: 2 * UNITS },
      pooled: { steps: 1, features: 2 * UNITS },
      y: { steps: 1, features: CLASSES },
    },
    input: 'x',
    output: 'y',
    layers: [
      {
        kind: 'lstm',
        name: 'lstm',
        direction: 'bidirectional',
        hidden: UNITS,
        input: view('x', STEPS, channels),
        sequence: view('h', STEPS, 2 * UNITS),
        inputWeights: array(2 * 4 * UNITS * channels, 0.5),
        recurrentWeights: array(2 * 4 * UNITS * UNITS, 0.1),
        bias: array(2 * 4 * UNITS, 0.1),
      },
      {
        kind: 'attentionPool',
        name: 'attention',
        input: view('h', STEPS, 2 * UNITS),
        output: view('pooled', 1, 2 * UNITS),
        scoreWeights: array(2 * UNITS, 0.2),
        scoreBias: 0,
        tanh: true,
      },
      {
        kind: 'dense',
        name: 'head',
        input: view('pooled', 1, 2 * UNITS),
        output: view('y', 1, CLASSES),
        weights: array(CLASSES * 2 * UNITS, 0.2),
        bias: array(CLASSES, 0.1),
        activation: 'none',
      },
    ],
  };
}

async function compileModel() {
  const { pipeline } = loadPipeline(new URL('../../examples/pulse/pipeline.json', import.meta.url).pathname);
  const { array } = random(7);
  const channels = pipeline.channels.length;
  const windows = Array.from({ length: 4 }, () => array(STEPS * channels, 2));
  const quantized = quantizeNetwork(
    network(channels),
    { windows },
    {
      weightBits: 8,
      activationBits: 16,
    },
  );
  const built = buildProgram({
    name: 'pulse/bilstm128',
    pipeline,
    variant: { id: 'bilstm128' },
    rateHz: 25,
    steps: STEPS,
    quantized,
  });
  return compileKernel(
    built.program,
    {
      rateHz: 25,
      windowSeconds: 4,
      hopSeconds: 4,
      steps: STEPS,
      channels: pipeline.channels,
      trainedForRate: false,
      decision: built.decision,
      io: built.io,
    },
    { generator: 'escapement test' },
  );
}

describe('a Bi-LSTM of 128 units', () => {
  const missing = missingTools('m4').map((t) => t.name);
  it.skipIf(missing.length > 0)(
    `leaves most of 256 KB free with its weights in flash, bit for bit${missing.length > 0 ? ` (skipped without ${missing.join(', ')})` : ''}`,
    async () => {
      const kernel = await compileModel();
      const { uniform } = random(3);
      const frames = Array.from({ length: STEPS }, () =>
        kernel.manifest.channels.map(() => Math.round(uniform(20000))),
      );
      const vectors = recordVectors(kernel.wasm, kernel.manifest, { source: 'made up', frames, windows: 1 });
      const inFlash = await selfTest({ target: 'm4', kernel, vectors });
      const inRam = await selfTest({ target: 'm4', kernel, vectors, weights: 'ram' });
      expect(inFlash.differences).toEqual([]);
      expect(inRam.differences).toEqual([]);
      // Both ways side by side: what moves is exactly the constants and the unused bytes below them.
      expect(inRam.ramBytes - inFlash.ramBytes).toBe(16 + kernel.manifest.memory.constantBytes);
      expect(inRam.ramBytes).toBeGreaterThan(RAM_BYTES * 0.75);
      expect(inFlash.ramBytes + inFlash.stackBytes!).toBeLessThan(RAM_BYTES * 0.35);
      if (process.env.REPORT) console.log(inFlash, inRam, kernel.manifest.memory);
    },
  );
});
