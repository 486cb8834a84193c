import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { integersOf, required, scalarOf } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';

/** ONNX Trilu: keeps the upper (or lower) triangle of the last two axes from the k-th diagonal on, zeros elsewhere. */
export const trilu: OpDefinition = {
  op: 'Trilu',
  domain: '',
  evaluate(node, inputs) {
    const x = required(node, inputs, 0);
    const attributes = new Attributes(node);
    const upper = attributes.flag('upper', true);
    attributes.done();
    if (inputs[1]) integersOf(node, inputs[1]);
    const k = inputs[1] ? scalarOf(node, inputs[1]) : 0;
    if (x.shape.length < 2) throw invalid(node, 'its input is not a matrix');
    const [rows, columns] = [x.shape.at(-2)!, x.shape.at(-1)!];
    return [
      moved(node, x, x.shape, (index) => {
        const row = Math.floor(index / columns) % rows;
        const column = index % columns;
        return (upper ? column >= row + k : column <= row + k) ? index : -1;
      }),
    ];
  },
};
