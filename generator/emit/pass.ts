/**
 * One step of a recurrent cell, before a profile gives it a shape: sums of products over two vectors, and what is done
 * with them. `generator/emit/profiles/` turns it into a function of AssemblyScript.
 *
 * Units are taken in turns of `lanes`; a turn has a record in memory, which one pointer walks:
 *
 *     unit  constants, i32 | weights of the first vector | weights of the second | up to a multiple of 4
 *                            by input, the sums side by side
 */
import type { ActivationType } from './activation-type.ts';
import { putWeight, weightBytes, type WeightType } from './weight-type.ts';

export interface Pass {
  /** Name of the function. */
  name: string;
  /** What it does, for the comment above it. */
  title: string;
  units: number;
  lanes: number;
  /** The vectors that the sums are formed over, by the name of the parameter that points to them. */
  first?: PassVector;
  second?: PassVector;
  /** Other pointers that go along with the units; the first one ends the loop. All are parameters but those with `from`. */
  walks: readonly PassWalk[];
  /** Further parameters. */
  parameters?: readonly string[];
  turn(lanes: number): PassTurn;
  /** What a turn does with its sums, for many units at once: the host profile takes it instead of `turn`. */
  vector?: VectorTail;
}

export interface VectorTail {
  /** Symbols of the AssemblyScript library. */
  uses: Record<string, string[]>;
  /**
   * The statements for `units` units, a multiple of four. Sums lie by four units: the first sum of the four, the second one, and so on;
   * the constants that `scale` names lie the same way.
   */
  call(where: {
    units: number;
    /** Expressions that point to the sums over both vectors, over the first alone, and over the second alone. */
    sums: VectorPlaces;
    multipliers: VectorPlaces;
    /** 128 bytes. */
    scratch: string;
  }): string[];
}

type VectorPlaces = Partial<Record<'both' | 'first' | 'second', string>>;

export interface PassVector {
  pointer: string;
  count: number;
  elements: ActivationType;
  weights: WeightType;
}

export interface PassWalk {
  name: string;
  /** Bytes a unit. */
  bytes: number;
  /** A local that starts where this parameter points. */
  from?: string;
}

export interface PassTurn {
  constants: readonly PassConstant[];
  sums: readonly PassSum[];
  /** Lines between the products of the two vectors. */
  between?: (constant: ConstantText) => string[];
  /** Lines after the products. */
  after: (constant: ConstantText) => string[];
}

export interface PassConstant {
  name: string;
  /** For the turn that begins at `unit`. */
  value(unit: number): number;
}

/** The expression that loads a constant. */
export type ConstantText = (name: string) => string;

export interface PassSum {
  name: string;
  /** The constant that the sum starts from; absent: 0. */
  start?: string;
  /** The constant that it is multiplied with, for the vector form. */
  scale?: string;
  /** Weights that meet the first and the second vector, for the turn that begins at `unit`. */
  first?: WeightsOf;
  second?: WeightsOf;
}

export type WeightsOf = (unit: number) => Int16Array | Int8Array;

/** A pass in the shape of a profile. */
export interface ShapedPass {
  /** Source lines of the function. */
  lines: string[];
  /** Bytes of all records. */
  records: Int8Array<ArrayBuffer>;
  /** Names of the parameters, in order. */
  parameters: readonly string[];
  /** Words that the function reads, by name of the block: see profiles/aot.ts. */
  words: ReadonlyMap<string, number>;
  /** Sums that pass through the scratch block of the parameter `sums`. */
  sums?: number;
  /** Further symbols of the AssemblyScript library. */
  uses?: Record<string, string[]>;
}

/** Parameters of the function of a pass, in order. */
export function parametersOf(pass: Pass): string[] {
  const vectors = [pass.first, pass.second].flatMap((vector) => (vector ? [vector.pointer] : []));
  const walks = pass.walks.flatMap((walk) => (walk.from === undefined ? [walk.name] : []));
  return [...new Set([...vectors, ...(pass.parameters ?? []), ...walks, 'unit'])];
}

/** Where the turns lie and what lies where in a record. */
export interface RecordLayout {
  offsetOf: ReadonlyMap<string, number>;
  firstAt: number;
  secondAt: number;
  bytes: number;
}

export const firstSums = (turn: PassTurn): PassSum[] => turn.sums.filter((sum) => sum.first);
export const secondSums = (turn: PassTurn): PassSum[] => turn.sums.filter((sum) => sum.second);

export function layoutOf(pass: Pass, turn: PassTurn): RecordLayout {
  const offsetOf = new Map(turn.constants.map(({ name }, index) => [name, 4 * index]));
  const firstAt = 4 * turn.constants.length;
  const bytesOf = (vector: PassVector | undefined, sums: readonly PassSum[]): number =>
    vector ? weightBytes(vector.weights, sums.length, vector.count) : 0;
  const firstEnd = firstAt + bytesOf(pass.first, firstSums(turn));
  const secondAt = pass.second?.weights === 'i8' ? firstEnd : Math.ceil(firstEnd / 4) * 4;
  const end = secondAt + bytesOf(pass.second, secondSums(turn));
  return { offsetOf, firstAt, secondAt, bytes: Math.ceil(end / 4) * 4 };
}

/** The comment above the function of a pass: what it does, and what lies in a record. */
export function passComment(pass: Pass): string[] {
  const turn = pass.turn(Math.min(pass.lanes, pass.units));
  const layout = layoutOf(pass, turn);
  const part = (at: number, vector: PassVector | undefined, sums: readonly PassSum[]): string[] =>
    vector && sums.length > 0
      ? [
          `${String(at).padStart(8)}  weights of ${vector.pointer}, ${vector.weights}[${vector.count}][${sums.length}]: ` +
            sums.map(({ name }) => name).join(' '),
        ]
      : [];
  const lanes = Math.min(pass.lanes, pass.units);
  return [
    '/**',
    ` * ${pass.title}`,
    ' *',
    ` *   unit  ${layout.bytes} bytes for ${lanes === 1 ? 'each unit' : `${lanes} units`}`,
    ...[
      `${String(0).padStart(8)}  i32: ${turn.constants.map(({ name }) => name).join(' ')}`,
      ...part(layout.firstAt, pass.first, firstSums(turn)),
      ...part(layout.secondAt, pass.second, secondSums(turn)),
    ].map((line) => ` * ${line}`),
    ' */',
  ];
}

/** Turns of a pass: full ones, then one with what is left. */
export function turnsOf(pass: Pass): { unit: number; turn: PassTurn }[] {
  const turns: { unit: number; turn: PassTurn }[] = [];
  let unit = 0;
  const full = pass.lanes <= pass.units ? pass.turn(pass.lanes) : undefined;
  if (full) for (; unit + pass.lanes <= pass.units; unit += pass.lanes) turns.push({ unit, turn: full });
  if (unit < pass.units) turns.push({ unit, turn: pass.turn(pass.units - unit) });
  return turns;
}

/** All records, one behind the other, little-endian. */
export function packRecords(pass: Pass): Int8Array<ArrayBuffer> {
  const turns = turnsOf(pass).map(({ unit, turn }) => ({ unit, turn, layout: layoutOf(pass, turn) }));
  const bytes = new Int8Array(turns.reduce((sum, { layout }) => sum + layout.bytes, 0));
  const data = new DataView(bytes.buffer);
  let at = 0;
  for (const { unit, turn, layout } of turns) {
    turn.constants.forEach(({ value }, index) => data.setInt32(at + 4 * index, value(unit), true));
    const put = (
      sums: readonly PassSum[],
      rows: readonly (Int16Array | Int8Array)[],
      start: number,
      type: WeightType | undefined,
    ) =>
      rows.forEach((row, r) =>
        row.forEach((weight, k) => putWeight(data, start, type!, k * sums.length + r, weight)),
      );
    const [first, second] = [firstSums(turn), secondSums(turn)];
    put(
      first,
      first.map((sum) => sum.first!(unit)),
      at + layout.firstAt,
      pass.first?.weights,
    );
    put(
      second,
      second.map((sum) => sum.second!(unit)),
      at + layout.secondAt,
      pass.second?.weights,
    );
    at += layout.bytes;
  }
  return bytes;
}
