/** Issue of every wasm runtime: weights take RAM. A Bi-LSTM of 128 units has to fit a microcontroller of 256 KB all the same. */
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../generator/compile/compile-kernel.ts';
import { selfTest } from '../../generator/firmware/selftest/self-test.ts';
import { missingTools } from '../../generator/firmware/selftest/toolchain.ts';
import type { BundleManifest } from '../../generator/firmware/files/manifest.ts';
import type { RamBothWays } from '../../generator/firmware/runtimes/firmware-runtime.ts';
import { exportBundle } from '../../generator/firmware/bundle.ts';
import { wasm2cVersion } from '../../generator/firmware/wasm2c/translate.ts';
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
  it.skipIf(!wasm2cVersion())(
    'fits 256 KB under every runtime by itself, and with room for a firmware only when its constants stay in flash',
    async () => {
      const kernel = await compileModel();
      const vectors = recordVectors(kernel.wasm, kernel.manifest, {
        source: 'made up',
        frames: Array.from({ length: STEPS }, () => kernel.manifest.channels.map(() => 0)),
        windows: 1,
      });
      const { constantBytes } = kernel.manifest.memory;
      const ram: Record<string, RamBothWays & { total: number }> = {};
      for (const runtime of ['wasm2c', 'wasm3', 'wamr', 'wamr-classic', 'wamr-aot']) {
        const files = exportBundle({ ...kernel, runtime, vectors });
        const { memory } = JSON.parse(Buffer.from(files.get('manifest.json')!).toString()) as BundleManifest;
        ram[runtime] = {
          ...memory.ramBytes,
          total: memory.ram.reduce((sum, use) => sum + use.bytes, 0),
        };
      }
      if (process.env.REPORT) console.log(ram);
      // Under half a kilobyte a unit: 128 units twice, 4 gates, 128 + 1 inputs, a byte each.
      expect(constantBytes).toBeGreaterThan(2 * 4 * UNITS * (UNITS + 1));
      expect(ram.wasm2c.total).toBe(ram.wasm2c.constantsInFlash);
      expect(ram.wasm2c.constantsInRam - ram.wasm2c.constantsInFlash!).toBe(16 + constantBytes);
      expect(ram.wasm2c.total).toBeLessThan(RAM_BYTES * 0.35);
      for (const runtime of ['wasm3', 'wamr', 'wamr-classic', 'wamr-aot']) {
        expect(ram[runtime].constantsInFlash, runtime).toBeNull();
        expect(ram[runtime].total, runtime).toBe(ram[runtime].constantsInRam);
        // They fit the chip, and leave less than a quarter of it to a radio and everything else.
        expect(ram[runtime].total, runtime).toBeLessThan(RAM_BYTES);
        expect(ram[runtime].total, runtime).toBeGreaterThan(RAM_BYTES * 0.75);
      }
      // WAMR rounds linear memory up to 4 KB.
      const { heapBase } = kernel.manifest.memory;
      expect(ram['wamr-classic'].total).toBeGreaterThanOrEqual(Math.ceil(heapBase / 4096) * 4096);
    },
  );

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
