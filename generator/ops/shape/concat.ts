import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { commonType, required } from '../shared/inputs.ts';
import { moved } from '../shared/move.ts';
import { invalid } from '../shared/refuse.ts';
import { around, toAxis } from '../shared/shapes.ts';

/** ONNX Concat: inputs one behind the other along `axis` (default 1 in operator sets below 4). */
export const concat: OpDefinition = {
  op: 'Concat',
  domain: '',
  evaluate(node, inputs, { opset }) {
    const parts = inputs.map((_, index) => required(node, inputs, index));
    const first = required(node, inputs, 0);
    commonType(node, parts);
    const attributes = new Attributes(node);
    const given = attributes.number('axis') ?? (opset < 4 ? 1 : undefined);
    attributes.done();
    if (given === undefined) throw invalid(node, 'its axis is missing');
    const axis = toAxis(node, given, first.shape.length);
    for (const { shape } of parts) {
      const fits =
        shape.length === first.shape.length && shape.every((s, i) => i === axis || s === first.shape[i]);
      if (!fits)
        throw invalid(node, `shapes [${first.shape.join(', ')}] and [${shape.join(', ')}] do not fit`);
    }
    const size = parts.reduce((sum, part) => sum + part.shape[axis]!, 0);
    const joined = moved(node, first, first.shape.with(axis, size), () => -1);
    const strings = joined.strings as string[] | undefined;
    let start = 0;
    for (const part of parts) {
      const { outer, size: own, inner } = around(part.shape, axis);
      for (let o = 0; o < outer; o++) {
        const to = (o * size + start) * inner;
        const from = o * own * inner;
        if (strings)
          part.strings!.slice(from, from + own * inner).forEach((text, i) => (strings[to + i] = text));
        else joined.data.set(part.data.subarray(from, from + own * inner), to);
      }
      start += own;
    }
    return [joined];
  },
};
