/**
 * prepare(), first half: the window's columns -> one vector of features, i32, each with a scale of its own.
 *
 *   records    i64[columns][5]     sum, low, high, exponent, power2 (assembly/statistics.ts)
 *   constants  i32[columns][...]   m and shift of every factor, in the order of the code
 *   partners   i32[columns][axes]  bytes from a column to the axis that follows, in the ring and in the records
 */
import type { Block, IntegerMemory } from '../emit/program.ts';
import type { WindowFeature } from '../pipeline/pipeline.ts';
import type { AccumulatorProof } from '../../kernel/evidence.ts';
import { names, windowState, type StagePart } from '../stages/part.ts';
import { markPrepared } from '../stages/prepare.ts';
import type { ColumnShape, IntegerColumn } from './column.ts';
import type { Preparation } from './feature.ts';
import { factorOf, type Factor } from './integer/scaled.ts';
import { spreadOf, sumsOf } from './passes/sums.ts';
import { featureKind } from './registry.ts';

export const FEATURES_BLOCK = 'signal_features';
const RECORD_BYTES = 40;
const INT64_MAX = 2 ** 63 - 1;

export interface FeaturesOptions {
  steps: number;
  rateHz: number;
  /** Real value of one step of the window, by column. */
  units: readonly number[];
  /** Columns of the same sensor as a column, in order, itself among them. */
  sensors: readonly (readonly number[])[];
  features: readonly WindowFeature[];
  /** Real value of one step of each feature: [columns][features]. */
  scales: readonly number[];
  /** Largest magnitude in the window. */
  windowLimit: number;
}

/** Column of the axis that follows `column` by `axis` places in its sensor, cyclically. */
export function partnerOf(sensors: FeaturesOptions['sensors'], column: number, axis: number): number {
  const own = sensors.find((sensor) => sensor.includes(column))!;
  return own[(own.indexOf(column) + axis) % own.length];
}

export const shapeOf = (
  o: Pick<FeaturesOptions, 'steps' | 'rateHz' | 'units' | 'sensors'>,
  c: number,
): ColumnShape => ({
  steps: o.steps,
  rateHz: o.rateHz,
  unit: o.units[c],
  partnerUnit: (axis) => o.units[partnerOf(o.sensors, c, axis)],
});

export function featuresStage(options: FeaturesOptions): StagePart {
  const { units, features, steps } = options;
  const factors = units.map((_, c) => factorsOf(options, c));
  const blocks = blocksOf(options, factors);
  const perSample = features.reduce(
    (total, f) => total + (featureKind(f).products ?? 0),
    needsSpread(features) ? 1 : 0,
  );
  const prepared = new Map(
    features
      .flatMap((f) => featureKind(f).prepare?.(f) ?? [])
      .map((p) => [`${p.resource} ${p.key}`, p.products ?? 0]),
  );
  const perColumn = steps * perSample + [...prepared.values()].reduce((a, b) => a + b, 0);
  return {
    blocks,
    stage: {
      name: 'signal_features',
      title: `features (${units.length} columns of ${features.length})`,
      blocks: [names.window, names.windowState, ...blocks.map((b) => b.name)],
      uses: usesOf(features),
      body: body(options, factors[0]),
      returns: 'void',
      macs: units.length * perColumn,
      proofs: proofs(options),
      run: (memory) => run(memory, options, factors),
    },
  };
}

/** Factors of one column by feature. */
const factorsOf = (o: FeaturesOptions, c: number): Factor[][] =>
  o.features.map((feature, f) =>
    featureKind(feature)
      .factors(feature, shapeOf(o, c))
      .map((real) => factorOf(real / o.scales[c * o.features.length + f])),
  );

const needsSpread = (features: readonly WindowFeature[]): boolean =>
  features.some((f) => featureKind(f).needsSpread);

const axesOf = (features: readonly WindowFeature[]): number =>
  features.reduce((most, f) => ('axis' in f ? Math.max(most, f.axis) : most), 0);

const constant = (name: string, data: readonly number[], note: string): Block => ({
  name,
  type: 'i32',
  length: data.length,
  kind: 'constant',
  data: Int32Array.from(data),
  note,
});

function blocksOf(
  { units, sensors, features, scales }: FeaturesOptions,
  factors: readonly Factor[][][],
): Block[] {
  const columns = units.length;
  const axes = axesOf(features);
  const constants = factors.flatMap((column) => column.flat().flatMap(({ m, shift }) => [m, shift]));
  const partners = units.flatMap((_, c) =>
    Array.from({ length: axes }, (_, axis) => partnerOf(sensors, c, axis + 1) - c).flatMap((away) => [
      away * 4,
      away * RECORD_BYTES,
    ]),
  );
  return [
    {
      name: FEATURES_BLOCK,
      type: 'i32',
      length: columns * features.length,
      kind: 'io',
      scales,
      note: `[${columns}] times ${features.map((f) => f.kind).join(' ')}`,
    },
    {
      name: 'signal_records',
      type: 'i64',
      kind: 'buffer',
      length: (columns * RECORD_BYTES) / 8,
      note: `[${columns}] times sum low high exponent power2`,
    },
    constant('signal_feature_factors', constants, `[${columns}] times m and shift of every factor`),
    ...(axes > 0
      ? [
          constant(
            'signal_partners',
            partners,
            `[${columns}][${axes}] bytes to the axis that follows, window and records`,
          ),
        ]
      : []),
    ...longest(
      features.flatMap((f) => [
        ...(featureKind(f).scratch ?? []),
        ...(featureKind(f).prepare?.(f).blocks ?? []),
      ]),
    ),
  ];
}

/** Of blocks of one name the longest. */
const longest = (blocks: readonly Block[]): Block[] => [
  ...blocks
    .reduce((kept, block) => {
      const other = kept.get(block.name);
      return other && other.length >= block.length ? kept : kept.set(block.name, block);
    }, new Map<string, Block>())
    .values(),
];

function usesOf(features: readonly WindowFeature[]): Record<string, string[]> {
  const uses: Record<string, string[]> = {
    window: ['markPrepared'],
    statistics: ['sums', ...(needsSpread(features) ? ['spread'] : [])],
  };
  for (const feature of features) {
    const kind = featureKind(feature);
    for (const part of [kind.uses, kind.prepare?.(feature).uses ?? {}])
      for (const [file, symbols] of Object.entries(part))
        uses[file] = [...new Set([...(uses[file] ?? []), ...symbols])];
  }
  return uses;
}

function body({ units, steps, features }: FeaturesOptions, factors: readonly Factor[][]): string[] {
  const stride = units.length * 4;
  const axes = axesOf(features);
  let constant = 0;
  let output = 0;
  const lines: string[] = [];
  const ready = new Map<Preparation['resource'], string>();
  features.forEach((feature, f) => {
    const kind = featureKind(feature);
    const preparation = kind.prepare?.(feature);
    if (preparation && ready.get(preparation.resource) !== preparation.key) {
      lines.push(preparation.line({ steps }));
      ready.set(preparation.resource, preparation.key);
    }
    const start = constant;
    const factor = (i: number) =>
      `load<i32>(constants, ${start + i * 8}), <i64>load<i32>(constants, ${start + i * 8 + 4})`;
    lines.push(`store<i32>(output, ${kind.code(feature, factor, { steps })}, ${output});`);
    constant += factors[f].length * 8;
    output += 4;
  });
  return [
    `markPrepared($${names.windowState});`,
    `const steps: i32 = ${steps};`,
    `const stride: usize = ${stride};`,
    `const oldest: usize = <usize>load<i32>($${names.windowState}) * stride;`,
    'let record: usize = $signal_records;',
    `for (let column: usize = $${names.window}; column < $${names.window} + stride; column += 4) {`,
    `  const end: usize = column + ${stride * steps};`,
    '  sums(column, end, stride, record);',
    ...(needsSpread(features) ? ['  spread(column, end, stride, steps, record);'] : []),
    `  record += ${RECORD_BYTES};`,
    '}',
    'record = $signal_records;',
    'let constants: usize = $signal_feature_factors;',
    ...(axes > 0 ? ['let partners: usize = $signal_partners;'] : []),
    `let output: usize = $${FEATURES_BLOCK};`,
    `for (let column: usize = $${names.window}; column < $${names.window} + stride; column += 4) {`,
    `  const end: usize = column + ${stride * steps};`,
    ...lines.map((line) => `  ${line}`),
    `  record += ${RECORD_BYTES};`,
    `  constants += ${constant};`,
    ...(axes > 0 ? [`  partners += ${axes * 8};`] : []),
    `  output += ${output};`,
    '}',
  ];
}

function proofs({ steps, windowLimit }: FeaturesOptions): AccumulatorProof[] {
  const deviation = 2 * steps * windowLimit;
  return [
    { where: 'features, value in the window', worstCase: windowLimit, limit: 2 ** 31 - 1 },
    { where: 'features, sum of |n x - sum|', worstCase: steps * deviation, limit: INT64_MAX },
    { where: 'features, sum of squares of 24 bits', worstCase: steps * 2 ** 48, limit: INT64_MAX },
  ];
}

/** Twin of the body. */
function run(memory: IntegerMemory, o: FeaturesOptions, factors: readonly Factor[][][]): void {
  markPrepared(memory);
  const columns = integerColumns(memory, o);
  const output = memory.i32(FEATURES_BLOCK);
  columns.forEach((column, c) =>
    o.features.forEach((feature, f) => {
      output[c * o.features.length + f] = featureKind(feature).reference(feature, column, factors[c][f]);
    }),
  );
}

function integerColumns(memory: IntegerMemory, { units, steps, sensors }: FeaturesOptions): IntegerColumn[] {
  const window = memory.i32(names.window);
  const slot = memory.i32(names.windowState)[windowState.slot];
  const columns: IntegerColumn[] = units.map((_, c) => {
    const x = Array.from({ length: steps }, (_, i) => window[((slot + i) % steps) * units.length + c]);
    const sums = sumsOf(x);
    return {
      x,
      sums,
      spread: spreadOf(x, sums),
      partner: (axis) => columns[partnerOf(sensors, c, axis)],
    };
  });
  return columns;
}
