/**
 * Passes for this computer: all sums of a step first, by WebAssembly SIMD (assembly/host-rows.ts), then what the units do with
 * them, four at a time where the cell has such a form. Sums go through a scratch block.
 *
 *     unit   constants of every unit, i32 | starts, i32, of all rows | weights of the first vector, i16 | of the second, i16
 *
 * Rows are those of both vectors, then those of the first alone, then those of the second alone; each kind is filled up to a
 * multiple of four with rows of zeros, as weights have the order that `product` walks.
 */
import {
  parametersOf,
  type Pass,
  type PassSum,
  type PassTurn,
  type ShapedPass,
  type WeightsOf,
} from '../pass.ts';
import { indent, loadText } from '../text/code.ts';

const LANES = 4;
const BLOCK_ROWS = 32;

type Vector = 'first' | 'second';

/** Rows that meet the same vectors. */
interface Kind {
  sums: readonly PassSum[];
  /** Filled up. */
  rows: number;
  /** Place of its first sum in the scratch block, in rows. */
  at: number;
  vectors: readonly Vector[];
}

export function hostPass(pass: Pass): ShapedPass {
  const turn = pass.turn(1);
  const kinds = kindsOf(pass, turn);
  const rows = kinds.reduce((sum, kind) => sum + kind.rows, 0);
  const unitBytes = 4 * turn.constants.length;
  const startsAt = pass.units * unitBytes;
  const pieces: { bytes: Int8Array; at: number }[] = [];
  let end = startsAt + 4 * rows;
  const calls: string[] = [];
  for (const vector of ['first', 'second'] as const)
    for (const kind of kinds.filter(({ vectors }) => vectors.includes(vector))) {
      const { pointer, count } = pass[vector]!;
      const [starts, sums] = [`unit + ${startsAt + 4 * kind.at}`, place('sums', 4 * kind.at)];
      const onTop = vector === 'second' && kind.vectors.includes('first');
      calls.push(
        `product(${kind.rows}, ${pointer}, ${count}, unit + ${end}, ${onTop ? sums : starts}, ${sums});`,
      );
      const bytes = packWeights(pass.units, kind, vector, count);
      pieces.push({ bytes, at: end });
      end += bytes.length;
    }
  const records = new Int8Array(end);
  const data = new DataView(records.buffer);
  for (let unit = 0; unit < pass.units; unit++) {
    turn.constants.forEach(({ value }, k) => data.setInt32(unit * unitBytes + 4 * k, value(unit), true));
    for (const { sums, at } of kinds)
      sums.forEach(({ start }, s) => {
        const value = turn.constants.find(({ name }) => name === start)?.value(unit) ?? 0;
        data.setInt32(startsAt + 4 * (at + unit * sums.length + s), value, true);
      });
  }
  for (const { bytes, at } of pieces) records.set(bytes, at);
  const full = pass.vector ? pass.units - (pass.units % LANES) : 0;
  return {
    lines: [
      ...hostComment(pass, turn, unitBytes, startsAt),
      `function ${pass.name}(${[...parametersOf(pass), 'sums'].map((name) => `${name}: usize`).join(', ')}): void {`,
      ...indent([
        ...calls,
        ...(full > 0 ? vectorLines(pass, kinds, full, unitBytes) : []),
        ...(full < pass.units ? scalarLines(pass, turn, kinds, full, unitBytes) : []),
      ]),
      '}',
    ],
    parameters: [...parametersOf(pass), 'sums'],
    records,
    words: new Map(),
    sums: rows,
    uses: { 'host-rows': ['product'], ...(full > 0 ? pass.vector!.uses : {}) },
  };
}

const hostComment = (pass: Pass, turn: PassTurn, unitBytes: number, startsAt: number): string[] => [
  '/**',
  ` * ${pass.title}`,
  ' *',
  ` *   unit  ${unitBytes} bytes each unit, i32: ${turn.constants.map(({ name }) => name).join(' ')}`,
  ` * ${String(startsAt).padStart(8)}  starts of all rows, i32, then weights as assembly/host-rows.ts walks them`,
  ' */',
];

const place = (pointer: string, bytes: number): string => (bytes === 0 ? pointer : `${pointer} + ${bytes}`);

function kindsOf(pass: Pass, turn: PassTurn): Kind[] {
  const groups: Vector[][] = [['first', 'second'], ['first'], ['second']];
  let at = 0;
  return groups
    .map((vectors) => ({
      vectors,
      sums: turn.sums.filter((sum) =>
        (['first', 'second'] as const).every(
          (vector) => (sum[vector] !== undefined) === vectors.includes(vector),
        ),
      ),
    }))
    .filter(({ sums }) => sums.length > 0)
    .map((group) => {
      const rows = Math.ceil((pass.units * group.sums.length) / LANES) * LANES;
      const kind = { ...group, rows, at };
      at += rows;
      return kind;
    });
}

/** Weights of the rows of a kind, in the order of assembly/host-rows.ts. */
function packWeights(units: number, { sums, rows }: Kind, vector: Vector, count: number): Int8Array {
  const weights = Array.from({ length: units }, (_, unit) =>
    sums.map((sum) => (sum[vector] as WeightsOf)(unit)),
  ).flat();
  const pairs = Math.ceil(count / 2);
  const packed = new Int16Array(rows * pairs * 2);
  let at = 0;
  for (let from = 0; from < rows;) {
    const block = rows - from >= BLOCK_ROWS ? BLOCK_ROWS : LANES;
    for (let pair = 0; pair < pairs; pair++)
      for (let row = from; row < from + block; row++)
        for (let k = 2 * pair; k < 2 * pair + 2; k++) packed[at++] = weights[row]?.[k] ?? 0;
    from += block;
  }
  return new Int8Array(packed.buffer);
}

function vectorLines(pass: Pass, kinds: readonly Kind[], units: number, unitBytes: number): string[] {
  const sums = Object.fromEntries(
    kinds.map(({ vectors, at }) => [vectors.length === 2 ? 'both' : vectors[0], place('sums', 4 * at)]),
  );
  return [pass.vector!.call({ units, sums, constants: 'unit', stride: unitBytes })];
}

/** The units from `from` on, one by one. */
function scalarLines(
  pass: Pass,
  turn: PassTurn,
  kinds: readonly Kind[],
  from: number,
  unitBytes: number,
): string[] {
  const [driver] = pass.walks;
  const names = kinds.map((_, k) => `sum${k}`);
  const constant = (name: string): string =>
    loadText('i32', 'constant', 4 * turn.constants.findIndex((c) => c.name === name));
  const loads = kinds.flatMap(({ sums }, k) =>
    sums.map(({ name }, s) => `const ${name}: i32 = ${loadText('i32', names[k]!, 4 * s)};`),
  );
  const starts = pass.walks.flatMap(({ name, bytes, from: parameter }) => {
    if (parameter) return [`let ${name} = ${place(parameter, from * bytes)};`];
    return from > 0 ? [`${name} += ${from * bytes};`] : [];
  });
  return [
    ...starts,
    `let constant = ${place('unit', from * unitBytes)};`,
    ...kinds.map(({ sums, at }, k) => `let ${names[k]} = ${place('sums', 4 * (at + from * sums.length))};`),
    `for (const end = ${driver!.name} + ${(pass.units - from) * driver!.bytes}; ${driver!.name} < end; ) {`,
    ...indent([
      ...loads,
      ...(turn.between?.(constant) ?? []),
      ...turn.after(constant),
      `constant += ${unitBytes};`,
      ...kinds.map(({ sums }, k) => `${names[k]} += ${4 * sums.length};`),
      ...pass.walks.map(({ name, bytes }) => `${name} += ${bytes};`),
    ]),
    '}',
  ];
}
