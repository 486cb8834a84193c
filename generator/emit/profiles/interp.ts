/**
 * Passes for interpreters, which pay for every operator alike: both vectors are held in locals for a whole step, and the
 * sum of a row is one expression, so that it stays on the operand stack. A multiply-accumulate is five operators: get the
 * input, get the pointer, load the weight, multiply, add.
 */
import { activationBytes } from '../activation-type.ts';
import {
  firstSums,
  secondSums,
  type ConstantText,
  type Pass,
  type PassSum,
  type PassTurn,
  type PassVector,
  type RecordLayout,
  type ShapedPass,
} from '../pass.ts';
import { loadText } from '../text/code.ts';
import { passInTurns } from './turns.ts';

const TERMS_A_LINE = 4;

export function interpPass(pass: Pass): ShapedPass {
  const vectors = [pass.first, pass.second].filter((vector) => vector !== undefined);
  const shaped = passInTurns(
    pass,
    (turn, layout, constant) => turnLines(pass, turn, layout, constant),
    () => vectors.flatMap(locals),
  );
  return { ...shaped, words: new Map() };
}

const localOf = ({ pointer }: PassVector, k: number): string => `${pointer}${k}`;

const locals = (vector: PassVector): string[] =>
  lineUp(
    Array.from(
      { length: vector.count },
      (_, k) =>
        `${localOf(vector, k)}: i32 = ${loadText(vector.elements, vector.pointer, activationBytes[vector.elements] * k)}`,
    ),
  ).map((line) => `const ${line.join(', ')};`);

function lineUp(items: readonly string[]): string[][] {
  const lines: string[][] = [];
  for (let k = 0; k < items.length; k += TERMS_A_LINE) lines.push(items.slice(k, k + TERMS_A_LINE));
  return lines;
}

function turnLines(pass: Pass, turn: PassTurn, layout: RecordLayout, constant: ConstantText): string[] {
  const [first, second] = [firstSums(turn), secondSums(turn)];
  const terms = (
    vector: PassVector | undefined,
    sums: readonly PassSum[],
    sum: PassSum,
    offset: number,
  ): string[] => {
    const row = sums.indexOf(sum);
    if (!vector || row < 0) return [];
    const weight = (place: number): string => {
      if (vector.weights !== 'i4')
        return loadText(vector.weights, 'unit', offset + (vector.weights === 'i16' ? 2 : 1) * place);
      const byte = `<i32>${loadText('i8', 'unit', offset + (place >> 1))}`;
      return place & 1 ? `(${byte} >> 4)` : `(${byte} << 28 >> 28)`;
    };
    return Array.from(
      { length: vector.count },
      (_, k) => `${localOf(vector, k)} * ${weight(k * sums.length + row)}`,
    );
  };
  const early = turn.sums.filter((sum) => !sum.second);
  const line = (sum: PassSum): string[] => {
    const all = [
      ...(sum.start ? [constant(sum.start)] : []),
      ...terms(pass.first, first, sum, layout.firstAt),
      ...terms(pass.second, second, sum, layout.secondAt),
    ];
    const lines = lineUp(all).map((some) => some.join(' + '));
    return [
      `const ${sum.name}: i32 =`,
      ...lines.map((text, k) => `  ${text}${k < lines.length - 1 ? ' +' : ';'}`),
    ];
  };
  return [
    ...early.flatMap(line),
    ...(turn.between?.(constant) ?? []),
    ...turn.sums.filter((sum) => sum.second).flatMap(line),
    ...turn.after(constant),
  ];
}
