import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { required } from '../shared/inputs.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate } from '../shared/shapes.ts';

/** ai.onnx.ml OneHotEncoder: a new last axis with 1 at the position of the element's category. */
export const oneHotEncoder: OpDefinition = {
  op: 'OneHotEncoder',
  domain: 'ai.onnx.ml',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const numbers = attributes.numbers('cats_int64s');
    const texts = attributes.texts('cats_strings');
    const zeros = attributes.flag('zeros', true);
    attributes.done();
    const categories: readonly (number | string)[] | undefined = x.strings ? texts : numbers;
    if (!categories) throw invalid(node, 'its categories do not have the type of its input');
    const elements: readonly (number | string)[] = x.strings ?? Array.from(x.data, Math.trunc);
    const y = allocate(node, 'float32', [...x.shape, categories.length]);
    elements.forEach((element, index) => {
      const place = categories.indexOf(element);
      if (place >= 0) y.data[index * categories.length + place] = 1;
      else if (!zeros) throw invalid(node, `"${element}" is not one of its categories`);
    });
    return [y];
  },
};
