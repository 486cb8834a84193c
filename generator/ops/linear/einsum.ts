import type { Node } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { commonType, numericTypes, requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { invalid } from '../shared/refuse.ts';
import { allocate, stridesOf, walk } from '../shared/shapes.ts';

/** Stands for the axes of an ellipsis, counted from the last: '.0' is the last one. */
type Label = string;

/**
 * ONNX Einsum: sums products over the letters that the output does not name. An ellipsis stands for leading axes, which
 * broadcast; without an arrow the output names the ellipsis and then every letter that appears once, in order.
 */
export const einsum: OpDefinition = {
  op: 'Einsum',
  domain: '',
  evaluate(node, inputs) {
    const operands = inputs.map((_, index) => required(node, inputs, index));
    requireType(node, required(node, inputs, 0), numericTypes);
    const type = commonType(node, operands);
    const attributes = new Attributes(node);
    const equation = attributes.text('equation', '').replaceAll(' ', '');
    attributes.done();
    const [left, right] = equation.split('->') as [string, string?];
    const terms = left.split(',');
    if (terms.length !== operands.length) throw invalid(node, `"${equation}" has ${terms.length} terms`);
    const labels = terms.map((term, i) => labelsOf(node, term, operands[i]!.shape.length));
    const sizes = sizesOf(node, operands, labels);
    const wide = Math.max(0, ...labels.map((list) => list.filter((label) => label.startsWith('.')).length));
    const output =
      right === undefined ? implicitOutput(labels, wide) : outputLabels(node, right, wide, sizes);
    const summed = [...sizes.keys()].filter((label) => !output.includes(label));

    const strides = operands.map((operand, i) => labelStrides(operand, labels[i]!));
    const along = (axes: readonly Label[]): number[][] =>
      strides.map((own) => axes.map((label) => own.get(label) ?? 0));
    const shapeOf = (axes: readonly Label[]): number[] => axes.map((label) => sizes.get(label)!);
    const y = allocate(node, type, shapeOf(output));
    const store = storer(type, node);
    walk(y.shape, along(output), (index, starts) => {
      const from = [...starts];
      let sum = 0;
      walk(shapeOf(summed), along(summed), (_, offsets) => {
        let product = 1;
        operands.forEach((operand, i) => (product *= operand.data[from[i]! + offsets[i]!]!));
        sum += product;
      });
      y.data[index] = store(sum);
    });
    return [y];
  },
};

function labelsOf(node: Node, term: string, rank: number): Label[] {
  const letters = term.replace('...', '');
  if (!/^[A-Za-z]*$/.test(letters)) throw invalid(node, `the term "${term}" is not understood`);
  const dots = rank - letters.length;
  if (dots < 0 || (dots > 0 && !term.includes('...')))
    throw invalid(node, `the term "${term}" does not fit rank ${rank}`);
  const [before] = term.split('...') as [string];
  const ellipsis = Array.from({ length: dots }, (_, i) => `.${dots - 1 - i}`);
  return term.includes('...') ? [...before, ...ellipsis, ...letters.slice(before.length)] : [...letters];
}

function sizesOf(node: Node, operands: readonly Tensor[], labels: readonly Label[][]): Map<Label, number> {
  const sizes = new Map<Label, number>();
  operands.forEach(({ shape }, i) =>
    labels[i]!.forEach((label, axis) => {
      const known = sizes.get(label) ?? 1;
      const size = shape[axis]!;
      if (known !== 1 && size !== 1 && known !== size) throw invalid(node, `the sizes of "${label}" differ`);
      sizes.set(label, known === 1 ? size : known);
    }),
  );
  return sizes;
}

/** Strides add up where a label repeats (a diagonal); an axis of size 1 stays where it is. */
function labelStrides({ shape }: Tensor, labels: readonly Label[]): Map<Label, number> {
  const own = stridesOf(shape);
  const strides = new Map<Label, number>();
  labels.forEach((label, axis) => {
    strides.set(label, (strides.get(label) ?? 0) + (shape[axis] === 1 ? 0 : own[axis]!));
  });
  return strides;
}

const ellipsisLabels = (count: number): Label[] =>
  Array.from({ length: count }, (_, i) => `.${count - 1 - i}`);

function implicitOutput(labels: readonly Label[][], wide: number): Label[] {
  const letters = labels.flat().filter((label) => !label.startsWith('.'));
  const once = letters.filter((label) => letters.indexOf(label) === letters.lastIndexOf(label));
  return [...ellipsisLabels(wide), ...once.toSorted()];
}

function outputLabels(node: Node, term: string, wide: number, sizes: ReadonlyMap<Label, number>): Label[] {
  const letters = term.replace('...', '');
  const [before] = term.split('...') as [string];
  const labels = term.includes('...')
    ? [...before, ...ellipsisLabels(wide), ...letters.slice(before.length)]
    : [...letters];
  const known = labels.every((label) => sizes.has(label)) && new Set(labels).size === labels.length;
  if (!known) throw invalid(node, `the output "${term}" is not understood`);
  return labels;
}
