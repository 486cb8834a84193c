/** Trained models: decisions and features of the compiled kernel against the outputs of the framework. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSafetensorsFile, requireTensor } from '../data/safetensors.ts';
import { fold } from '../graph/fold.ts';
import { loadModel, sharedModelsAbsent } from '../graph/testing/shared-models.ts';
import { toNetwork } from '../graph/to-network.ts';
import { evaluateNetwork } from '../layers/evaluate-network.ts';
import { bench, runReference, snrDb, toIntegers } from '../layers/testing.ts';
import { quantizeNetwork } from './quantize-network.ts';

const folder = fileURLToPath(new URL('../../../shared/models/', import.meta.url));

/** Rows of a tensor of windows or outputs, every `stride`-th one. */
function rowsOf(model: string, name: string, stride = 1): Float64Array[] {
  const tensors = readSafetensorsFile(`${folder}${model}/windows.safetensors`);
  const { shape, data } = requireTensor(tensors, name, model);
  const size = data.length / shape[0];
  const count = Math.ceil(shape[0] / stride);
  return Array.from({ length: count }, (_, k) => data.subarray(k * stride * size, (k * stride + 1) * size));
}

/** Runs windows through the kernel; some through the integer reference as well, which must give the same bits. */
async function outputs(model: string, x: readonly Float64Array[]) {
  const network = toNetwork(fold(loadModel(model)));
  const windows = rowsOf(model, 'x_calibration');
  const quantized = quantizeNetwork(network, { windows }, { weightBits: 8, activationBits: 16 });
  const { kernel } = await bench([quantized]);
  const { scale } = quantized.formats[network.input];
  const y = x.map((window, k) => {
    const input = toIntegers(window, scale);
    const output = Int16Array.from(kernel(quantized, input));
    if (k % Math.ceil(x.length / 8) === 0) expect(runReference(quantized, input)).toEqual(output);
    return output;
  });
  return { network, y, scale: quantized.formats[network.output].scale };
}

const flat = (rows: readonly ArrayLike<number>[]): number[] => rows.flatMap((row) => Array.from(row));

const argmax = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return best;
};

describe.skipIf(sharedModelsAbsent)(`identification ${sharedModelsAbsent ?? ''}`, () => {
  it.each([
    { model: 'pulse/25hz', stride: 1, atLeast: 0.99 },
    { model: 'pulse-wrist/25hz', stride: 1, atLeast: 0.98 },
    { model: 'pulse-wrist/20hz', stride: 8, atLeast: 0.98 },
    { model: 'pulse-wrist/64hz', stride: 8, atLeast: 0.98 },
  ])('$model decides as the float model does', async ({ model, stride, atLeast }) => {
    const x = rowsOf(model, 'x', stride);
    const float = rowsOf(model, 'logits', stride);
    const { network, y } = await outputs(model, x);
    const same = y.filter((logits, k) => argmax(logits) === argmax(float[k])).length;
    expect(same / y.length).toBeGreaterThanOrEqual(atLeast);
    const real = evaluateNetwork(network, x[0])[network.output];
    real.forEach((value, k) => expect(Math.abs(value - float[0][k])).toBeLessThan(1e-4));
  });
});

describe.skipIf(sharedModelsAbsent)(`features ${sharedModelsAbsent ?? ''}`, () => {
  it.each(['deepauth/rnn64', 'deepauth/rnn128', 'deepauth/sub128'])(
    '%s stay 30 dB above the noise',
    async (model) => {
      const x = rowsOf(model, 'x_test', 3);
      const float = rowsOf(model, 'feature_test', 3);
      const { y, scale } = await outputs(model, x);
      const ratio = snrDb(Float64Array.from(flat(float)), Int16Array.from(flat(y)), scale);
      console.log(`${model}: features ${ratio.toFixed(1)} dB above their error`);
      expect(ratio).toBeGreaterThan(30);
    },
  );
});
