/** Tree ensembles and the MLP of the shared models against the probabilities that scikit-learn gave. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSafetensorsFile, requireTensor } from '../../data/safetensors.ts';
import { floats } from '../../graph/make-tensor.ts';
import { sharedModelsAbsent } from '../../graph/testing/shared-models.ts';
import { parseOnnx } from '../../onnx/parse.ts';
import { softmaxOf } from '../activation/softmax.ts';
import { evaluateGraph } from '../evaluate.ts';

const folder = fileURLToPath(new URL('../../../../shared/models/', import.meta.url));

/** The outputs of a model on the first `columns` columns of all rows of features.safetensors. */
function evaluate(system: string, model: string, input: string, columns: number) {
  const file = readSafetensorsFile(`${folder}${system}/features.safetensors`);
  const { shape, data } = requireTensor(file, input, system);
  const [rows, width] = shape as [number, number];
  const x = floats(
    [rows, columns],
    Array.from({ length: rows * columns }, (_, i) => data[Math.floor(i / columns) * width + (i % columns)]!),
  );
  const bytes = readFileSync(`${folder}${system}/${model}.onnx`);
  const graph = parseOnnx(bytes, model, { inputShapes: new Map([['features', x.shape]]) });
  const outputs = evaluateGraph(graph, new Map([['features', x]]));
  return { file, outputs, rows };
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i]! - expected[i]!)).toBeLessThan(1e-5);
}

describe.skipIf(sharedModelsAbsent)(`classical models ${sharedModelsAbsent ?? ''}`, () => {
  it('the forest of typing102 gives the probabilities of scikit-learn', () => {
    const { file, outputs } = evaluate('typing102', 'forest', 'x', 102);
    const expected = requireTensor(file, 'forest_probabilities', 'typing102').data;
    expectClose(outputs.get('probabilities')!.data, expected);
  });

  it('the context forest of SmarterYou reads the 14 phone features', () => {
    const { file, outputs } = evaluate('smarteryou', 'context', 'x', 14);
    const expected = requireTensor(file, 'context_probabilities', 'smarteryou').data;
    expectClose(outputs.get('probabilities')!.data, expected);
    outputs.get('label')!.data.forEach((label, row) => {
      const margin = expected[2 * row + 1]! - expected[2 * row]!;
      if (Math.abs(margin) > 1e-6) expect(label).toBe(margin > 0 ? 1 : 0);
    });
  });

  it('the MLP of typing102 gives the probabilities after a softmax', () => {
    const { file, outputs, rows } = evaluate('typing102', 'mlp', 'x', 102);
    const logits = outputs.get('logits')!.data;
    const expected = requireTensor(file, 'mlp_probabilities', 'typing102').data;
    const classes = logits.length / rows;
    const found = Array.from({ length: rows }, (_, row) => [
      ...softmaxOf(logits.slice(row * classes, (row + 1) * classes)),
    ]);
    expectClose(found.flat(), expected);
  });
});
