/**
 * Passes for compiled runtimes: sums in registers, four inputs held while all rows of a turn use them, sixteen groups of
 * four unrolled.
 *
 * The groups are the cases of a switch that is always entered at the top. A compiler cannot know that, because the
 * number of the first case comes from memory, and so it leaves the groups apart: it may not join their sums into expressions
 * that need more registers than a core has (docs/decisions/0082-groups-behind-a-switch.md has the figures).
 */
import { activationBytes } from '../activation-type.ts';
import {
  firstSums,
  secondSums,
  type ConstantText,
  type Pass,
  type PassSum,
  type PassVector,
  type ShapedPass,
} from '../pass.ts';
import { indent, loadText } from '../text/code.ts';
import { passInTurns } from './turns.ts';

const GROUP = 4;
/** Groups that are unrolled; longer vectors loop over turns of so many. */
const UNROLLED = 16;

export function aotPass(pass: Pass): ShapedPass {
  const words = new Map<string, number>();
  const declare = (sums: readonly PassSum[], constant: ConstantText): string[] =>
    sums.map(({ name, start }) => `let ${name}: i32 = ${start ? constant(start) : '0'};`);
  const shaped = passInTurns(
    pass,
    (turn, layout, constant) => [
      ...declare(firstSums(turn), constant),
      ...(pass.first ? products(pass.first, firstSums(turn), layout.firstAt, words) : []),
      ...(turn.between?.(constant) ?? []),
      ...declare(
        turn.sums.filter((sum) => !sum.first),
        constant,
      ),
      ...(pass.second ? products(pass.second, secondSums(turn), layout.secondAt, words) : []),
      ...turn.after(constant),
    ],
    () => [...words.keys()].map((word) => `const ${localOf(word)} = load<i32>($${word});`),
  );
  return { ...shaped, words };
}

/** "groups_16" holds 15: cases count down to 0. */
const wordOf = (groups: number): string => `groups_${groups}`;
const localOf = (word: string): string => word.replace('_', '');

/** sums[r] += sum over k of vector[k] * weights[k][r] */
function products(
  vector: PassVector,
  sums: readonly PassSum[],
  offset: number,
  words: Map<string, number>,
): string[] {
  const { pointer, count } = vector;
  const step = activationBytes[vector.elements];
  const bytes = bytesOf[vector.weights] * sums.length;
  const title = `// ${count} of ${pointer}${count >= 2 * GROUP ? ', four at a time: every case runs, from the first to the last' : ''}`;
  const groups = Math.floor(count / GROUP);
  const turns = groups > 2 * UNROLLED - 1 ? Math.ceil(groups / UNROLLED) : 1;
  const unrolled = turns > 1 ? Math.floor(groups / turns) : groups;
  const rest = count - turns * unrolled * GROUP;
  const cases = (x: string, w: string, base: number): string[] => {
    if (unrolled < 2) return unrolled ? ['{', ...indent(group(vector, sums, x, w, 0, base, GROUP)), '}'] : [];
    const word = wordOf(unrolled);
    words.set(word, unrolled - 1);
    return [
      `switch (${localOf(word)}) {`,
      ...Array.from({ length: unrolled }, (_, g) => [
        `  case ${unrolled - 1 - g}: { // ${x}[${GROUP * g} .. ${GROUP * g + GROUP - 1}]`,
        ...indent(indent(group(vector, sums, x, w, GROUP * g, base + GROUP * g * bytes, GROUP))),
        '  }',
      ]).flat(),
      '}',
    ];
  };
  const done = turns * unrolled * GROUP;
  const tail =
    rest > 0
      ? ['{', ...indent(group(vector, sums, pointer, 'unit', done, offset + done * bytes, rest)), '}']
      : [];
  if (turns === 1) return [title, ...cases(pointer, 'unit', offset), ...tail];
  return [
    title,
    '{',
    ...indent([
      `let p = ${pointer};`,
      `let w = unit + ${offset};`,
      `const stop = ${pointer} + ${step * done};`,
      'do {',
      ...indent([
        ...cases('p', 'w', 0),
        `p += ${step * unrolled * GROUP};`,
        `w += ${unrolled * GROUP * bytes};`,
      ]),
      '} while (p < stop);',
    ]),
    '}',
    ...tail,
  ];
}

/** A few inputs, loaded once, and the products of all rows with them. */
function group(
  { elements, weights }: PassVector,
  sums: readonly PassSum[],
  x: string,
  w: string,
  from: number,
  offset: number,
  count: number,
): string[] {
  const inputs = Array.from(
    { length: count },
    (_, k) => `x${k}: i32 = ${loadText(elements, x, activationBytes[elements] * (from + k))}`,
  );
  const words = Math.ceil((count * sums.length) / 8);
  const packed = Array.from({ length: words }, (_, k) => `w${k} = ${loadText('i32', w, offset + 4 * k)}`);
  const weight = (place: number): string =>
    weights === 'i4'
      ? nibbleText(`w${place >> 3}`, place & 7)
      : loadText(weights, w, offset + bytesOf[weights] * place);
  return [
    `const ${inputs.join(', ')};`,
    ...(weights === 'i4' ? [`const ${packed.join(', ')};`] : []),
    ...sums.map(({ name }, r) => {
      const terms = Array.from({ length: count }, (_, k) => `x${k} * ${weight(k * sums.length + r)}`);
      return `${name} = ${[name, ...terms].join(' + ')};`;
    }),
  ];
}

const bytesOf = { i4: 0.5, i8: 1, i16: 2 } as const;

/** Weight `k` of the eight in a word, with its sign: one instruction on ARM (SBFX). */
const nibbleText = (word: string, k: number): string =>
  k === 7 ? `(${word} >> 28)` : `(${word} << ${28 - 4 * k} >> 28)`;
