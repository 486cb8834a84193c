/** `escapement inspect`: multiply-accumulates and bytes by hand, and the guard between a kernel and its manifest. */
import { describe, expect, it } from 'vitest';
import type { StageView } from '../../cli/text/inspect-stages.ts';
import { build, openPipeline } from '../../cli/workbench.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { KernelInstance } from '../../kernel/instance.ts';
import { escapement } from './run.ts';

interface Inspected {
  layers: { name: string; parameters: number; macs: number; constantBytes: number }[];
  stages: StageView[];
  sharedBytes: number;
  macsADecision: number;
  memory: { constantBytes: number };
}

describe('inspect', () => {
  it('counts what the pulse model at 20 Hz does, by hand', async () => {
    const run = await escapement('inspect', 'pulse', '--rate', '20', '--json');
    const { layers, stages, macsADecision, memory, sharedBytes } = JSON.parse(run.out) as Inspected;
    // 80 steps; 2 directions x 4 gates x 64 units x (1 input + 64 states); attention twice over 128; 128 x 20.
    expect(layers.map((l) => [l.name, l.macs])).toEqual([
      ['lstm', 80 * 2 * 4 * 64 * 65],
      ['score', 80 * 2 * 128],
      ['head', 128 * 20],
    ]);
    // Weights and one bias a row (the two ONNX biases are added), the score vector and its bias, the head.
    expect(layers.map((l) => l.parameters)).toEqual([2 * 256 * (65 + 1), 129, 128 * 20 + 20]);
    // A unit of the LSTM: 4 biases and 4 multipliers of 4 bytes, 4 input weights of 2 bytes, 4 x 64 weights of one; no more than tables beside it.
    const [lstm, , head] = layers;
    expect(lstm!.constantBytes).toBeGreaterThanOrEqual(2 * 64 * (32 + 8 + 256));
    expect(lstm!.constantBytes).toBeLessThan(2 * 64 * (32 + 8 + 256) + 1100);
    expect(head!.constantBytes).toBe(20 * 128 + 20 * 8);
    const push = stages.find((stage) => stage.name === 'signal_push')!;
    // Two second-order sections on one channel, five products each and two of error feedback; 4 s at 20 Hz between two decisions.
    expect([push.macs, push.callsADecision]).toEqual([14, 80]);
    const model = layers.reduce((sum, l) => sum + l.macs, 0);
    const other = stages.filter((s) => s.name.startsWith('signal_') && s !== push);
    expect(macsADecision).toBe(model + 14 * 80 + other.reduce((sum, s) => sum + s.macs, 0));
    const own = stages.reduce((sum, s) => sum + s.constantBytes, 0);
    // Blocks begin at multiples of eight.
    expect(memory.constantBytes - own - sharedBytes).toBeGreaterThanOrEqual(0);
    expect(memory.constantBytes - own - sharedBytes).toBeLessThan(8 * 20);
  });

  it('shows enrolment as no part of a decision', async () => {
    const run = await escapement('inspect', 'deepauth', '--model', 'rnn64', '--json');
    const { stages } = JSON.parse(run.out) as Inspected;
    const calls = Object.fromEntries(stages.map((stage) => [stage.name, stage.callsADecision]));
    expect(calls).toMatchObject({ decision_enrol: 0, decision_mvn: 1, signal_push: 200 });
  });
});

describe('the signature', () => {
  it('keeps a kernel from running with the manifest of another one (ESC304)', async () => {
    const pulse = openPipeline('pulse');
    const [a, b] = await Promise.all(
      [20, 25].map((rateHz) => build(pulse, chooseModel(pulse.pipeline, { rateHz }))),
    );
    expect(a!.manifest.signature).not.toBe(b!.manifest.signature);
    expect(() => KernelInstance.load(a!.wasm, a!.manifest)).not.toThrow();
    expect(() => KernelInstance.load(a!.wasm, b!.manifest)).toThrow(
      /ESC304 The manifest \(\w+\) does not belong to the kernel \(.*\)\. Compile the pipeline again/,
    );
    // The signature stands in the module's data as well, where a host on the wrist finds it.
    const bytes = Buffer.from(a!.wasm);
    expect(bytes.indexOf(Buffer.from(a!.manifest.signature, 'hex'))).toBeGreaterThan(0);
    const forged = { ...a!.manifest, wasmSha256: b!.manifest.wasmSha256 };
    expect(() => KernelInstance.load(a!.wasm, forged)).toThrow('ESC304');
  });
});
