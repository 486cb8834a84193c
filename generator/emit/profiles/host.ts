/**
 * Passes for this computer: all sums of a step first, by WebAssembly SIMD (assembly/host-rows.ts), then what the units do with
 * them, four at a time where the cell has such a form. Sums go through a scratch block.
 *
 *     unit   multipliers of all sums of units taken by fours, i32 | constants of the units that are left, i32 |
 *            starts, i32, of all rows | weights, i16, kind by kind
 *
 * Rows are those of both vectors, then those of the first alone, then those of the second alone; each kind is filled up to a
 * multiple of four with rows of zeros. Within a kind units that are taken by fours come first: sum 0 of four units, sum 1 of
 * them, and so on, as sums and multipliers lie; then unit by unit those that are left. A vector of 8-bit values is copied to 16 bits
 * first, behind the sums and that scratch.
 */
import {
  parametersOf,
  type Pass,
  type PassSum,
  type PassVector,
  type PassTurn,
  type ShapedPass,
  type WeightsOf,
} from '../pass.ts';
import { indent, loadText } from '../text/code.ts';

const LANES = 4;
const BLOCK_ROWS = 16;
/** What the library of a vector form may write behind the sums. */
const SCRATCH_BYTES = 128;
/** Weights are loaded as vectors; blocks of this profile begin at a multiple of it too. */
const VECTOR_BYTES = 16;

type Vector = 'first' | 'second';

/** Rows that meet the same vectors. */
interface Kind {
  name: 'both' | Vector;
  vectors: readonly Vector[];
  sums: readonly PassSum[];
  /** What each row sums; undefined fills up. */
  rows: readonly ({ unit: number; sum: PassSum } | undefined)[];
  /** Place of its first sum in the scratch block, in rows. */
  at: number;
}

export function hostPass(pass: Pass): ShapedPass {
  const turn = pass.turn(1);
  const byFours = pass.vector ? pass.units - (pass.units % LANES) : 0;
  const kinds = kindsOf(pass.units, turn, byFours);
  const rows = kinds.reduce((sum, kind) => sum + kind.rows.length, 0);
  const records = new Pieces();
  const constantOf = (name: string | undefined, unit: number): number =>
    turn.constants.find((constant) => constant.name === name)?.value(unit) ?? 0;
  const multipliers = kinds.map(({ rows, sums }) =>
    records.add(
      Int32Array.from(rows.slice(0, byFours * sums.length), (row) => constantOf(row!.sum.scale, row!.unit)),
    ),
  );
  const constantsAt = records.add(
    Int32Array.from({ length: (pass.units - byFours) * turn.constants.length }, (_, k) =>
      turn.constants[k % turn.constants.length]!.value(byFours + Math.floor(k / turn.constants.length)),
    ),
  );
  const startsAt = records.add(
    Int32Array.from(
      kinds.flatMap((kind) => kind.rows),
      (row) => (row ? constantOf(row.sum.start, row.unit) : 0),
    ),
  );
  const scratchBytes = byFours > 0 ? SCRATCH_BYTES : 0;
  const narrow = [pass.first, pass.second].find((vector) => vector?.elements === 'i8');
  const widened = place('sums', 4 * rows + scratchBytes);
  const pointerTo = (vector: PassVector): string => (vector === narrow ? widened : vector.pointer);
  const calls = kinds.map((kind) => {
    const vectors = kind.vectors.map((vector) => pass[vector]!);
    const [x, y] = vectors.map((vector) => `${pointerTo(vector)}, ${vector.count}`);
    records.fillTo(VECTOR_BYTES);
    const at = records.add(packWeights(kind, pass));
    const [starts, sums] = [place('unit', startsAt + 4 * kind.at), place('sums', 4 * kind.at)];
    return `product(${kind.rows.length}, ${x}, ${y ?? `${pointerTo(vectors[0]!)}, 0`}, unit + ${at}, ${starts}, ${sums});`;
  });
  const byKind = (places: (kind: Kind, index: number) => string) =>
    Object.fromEntries(kinds.map((kind, index) => [kind.name, places(kind, index)]));
  return {
    lines: [
      ...hostComment(pass, turn, constantsAt, startsAt),
      `function ${pass.name}(${[...parametersOf(pass), 'sums'].map((name) => `${name}: usize`).join(', ')}): void {`,
      ...indent([
        ...(narrow ? [`widenBytes(${narrow.count}, ${narrow.pointer}, ${widened});`] : []),
        ...calls,
        ...(byFours > 0
          ? pass.vector!.call({
              units: byFours,
              sums: byKind(({ at }) => place('sums', 4 * at)),
              multipliers: byKind((_, index) => place('unit', multipliers[index]!)),
              scratch: place('sums', 4 * rows),
            })
          : []),
        ...(byFours < pass.units ? scalarLines(pass, turn, kinds, byFours, constantsAt) : []),
      ]),
      '}',
    ],
    parameters: [...parametersOf(pass), 'sums'],
    records: records.bytes(),
    words: new Map(),
    sums: rows + scratchBytes / 4 + (narrow ? Math.ceil(narrow.count / 2) : 0),
    uses: {
      'host-rows': ['product'],
      ...(narrow ? { narrow: ['widenBytes'] } : {}),
      ...(byFours > 0 ? pass.vector!.uses : {}),
    },
  };
}

/** Arrays one behind the other. */
class Pieces {
  private readonly pieces: { at: number; data: Int16Array | Int32Array }[] = [];
  private end = 0;

  /** Returns where it begins. */
  add(data: Int16Array | Int32Array): number {
    const at = this.end;
    this.pieces.push({ at, data });
    this.end += data.byteLength;
    return at;
  }

  fillTo(multiple: number): void {
    this.end = Math.ceil(this.end / multiple) * multiple;
  }

  bytes(): Int8Array<ArrayBuffer> {
    const all = new Int8Array(this.end);
    for (const { at, data } of this.pieces) all.set(new Int8Array(data.buffer), at);
    return all;
  }
}

const hostComment = (pass: Pass, turn: PassTurn, constantsAt: number, startsAt: number): string[] => [
  '/**',
  ` * ${pass.title}`,
  ' *',
  ...(constantsAt > 0 ? [` *   unit  multipliers, i32, in the order of the sums`] : []),
  ...(startsAt > constantsAt
    ? [
        ` * ${String(constantsAt).padStart(8)}  ${4 * turn.constants.length} bytes each unit that is left, i32: ` +
          turn.constants.map(({ name }) => name).join(' '),
      ]
    : []),
  ` * ${String(startsAt).padStart(8)}  starts of all rows, i32, then weights as assembly/host-rows.ts walks them`,
  ' */',
];

const place = (pointer: string, bytes: number): string => (bytes === 0 ? pointer : `${pointer} + ${bytes}`);

function kindsOf(units: number, turn: PassTurn, byFours: number): Kind[] {
  const groups: Pick<Kind, 'name' | 'vectors'>[] = [
    { name: 'both', vectors: ['first', 'second'] },
    { name: 'first', vectors: ['first'] },
    { name: 'second', vectors: ['second'] },
  ];
  let at = 0;
  return groups
    .map((group) => ({
      ...group,
      sums: turn.sums.filter((sum) =>
        (['first', 'second'] as const).every(
          (vector) => (sum[vector] !== undefined) === group.vectors.includes(vector),
        ),
      ),
    }))
    .filter(({ sums }) => sums.length > 0)
    .map((group) => {
      const { length } = group.sums;
      const filled = Math.ceil((units * length) / LANES) * LANES;
      const rows = Array.from({ length: filled }, (_, row) => {
        if (row >= units * length) return undefined;
        if (row >= byFours * length)
          return { unit: Math.floor(row / length), sum: group.sums[row % length]! };
        const four = Math.floor(row / (LANES * length));
        return {
          unit: LANES * four + (row % LANES),
          sum: group.sums[Math.floor(row / LANES) % length]!,
        };
      });
      const kind = { ...group, rows, at };
      at += filled;
      return kind;
    });
}

/** Weights of the rows of a kind, in the order of assembly/host-rows.ts. */
function packWeights({ rows, vectors }: Kind, { first, second }: Pass): Int16Array {
  const counts = { first: first?.count ?? 0, second: second?.count ?? 0 };
  const pairs = vectors.map((vector) => Math.ceil(counts[vector] / 2));
  const packed = new Int16Array(2 * rows.length * pairs.reduce((sum, some) => sum + some, 0));
  let at = 0;
  for (let from = 0; from < rows.length;) {
    const block = rows.slice(from, from + (rows.length - from >= BLOCK_ROWS ? BLOCK_ROWS : LANES));
    vectors.forEach((vector, v) => {
      const weights = block.map((row) => row && (row.sum[vector] as WeightsOf)(row.unit));
      for (let k = 0; k < 2 * pairs[v]!; k += 2)
        for (const row of weights) {
          packed[at++] = row?.[k] ?? 0;
          packed[at++] = row?.[k + 1] ?? 0;
        }
    });
    from += block.length;
  }
  return packed;
}

/** The units from `from` on, one by one. */
function scalarLines(
  pass: Pass,
  turn: PassTurn,
  kinds: readonly Kind[],
  from: number,
  constantsAt: number,
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
    `let constant = ${place('unit', constantsAt)};`,
    ...kinds.map(({ sums, at }, k) => `let ${names[k]} = ${place('sums', 4 * (at + from * sums.length))};`),
    `for (const end = ${driver!.name} + ${(pass.units - from) * driver!.bytes}; ${driver!.name} < end; ) {`,
    ...indent([
      ...loads,
      ...(turn.between?.(constant) ?? []),
      ...turn.after(constant),
      `constant += ${4 * turn.constants.length};`,
      ...kinds.map(({ sums }, k) => `${names[k]} += ${4 * sums.length};`),
      ...pass.walks.map(({ name, bytes }) => `${name} += ${bytes};`),
    ]),
    '}',
  ];
}
