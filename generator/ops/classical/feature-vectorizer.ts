import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';
import { tableOf } from '../shared/table.ts';

/** ai.onnx.ml FeatureVectorizer: the columns of all inputs side by side, as float32. */
export const featureVectorizer: OpDefinition = {
  op: 'FeatureVectorizer',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const tables = inputs.map((_, index) => tableOf(node, required(node, inputs, index)));
    const attributes = new Attributes(node);
    const sizes = attributes.numbers('inputdimensions') ?? tables.map((table) => table.features);
    attributes.done();
    const rows = tables[0]?.rows ?? 0;
    if (tables.some((table, i) => table.rows !== rows || table.features !== sizes[i])) {
      throw invalid(node, 'its inputs do not have the sizes that it names');
    }
    const width = sizes.reduce((a, b) => a + b, 0);
    const y = allocate(node, 'float32', [rows, width]);
    let column = 0;
    for (const table of tables) {
      for (let row = 0; row < rows; row++) {
        y.data.set(table.at(row).map(Math.fround), row * width + column);
      }
      column += table.features;
    }
    return [y];
  },
};
