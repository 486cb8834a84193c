/** The float reference against the frameworks that trained the shared models. */
import { describe, expect, it } from 'vitest';
import { fold } from '../graph/fold.ts';
import { floats } from '../graph/make-tensor.ts';
import {
  loadModel,
  referenceWindows,
  sharedModels,
  sharedModelsAbsent,
} from '../graph/testing/shared-models.ts';
import { evaluateGraph } from './evaluate.ts';

describe.skipIf(sharedModelsAbsent)(`evaluateGraph on shared models ${sharedModelsAbsent ?? ''}`, () => {
  it.each(sharedModels)('%s gives the outputs of its framework to 1e-4, folded or not', (model) => {
    const graph = loadModel(model);
    const folded = fold(graph);
    expect(folded.nodes.length).toBeLessThan(graph.nodes.length);
    const [input] = graph.inputs;
    for (const [index, { x, y }] of referenceWindows(model, 4).entries()) {
      const feed = new Map([[input!.name, floats(input!.shape, x)]]);
      const output = evaluateGraph(folded, feed).get(graph.outputs[0]!)!;
      expect(output.data).toHaveLength(y.length);
      output.data.forEach((value, i) => expect(Math.abs(value - y[i]!)).toBeLessThan(1e-4));
      if (index === 0) expect(evaluateGraph(graph, feed).get(graph.outputs[0]!)).toEqual(output);
    }
  });
});
