/** What a feature is: one kind, one file in `kinds/`, one line in `registry.ts`. */
import type { Block } from '../emit/program.ts';
import type { WindowFeature } from '../pipeline/pipeline.ts';
import type { ColumnShape, FloatColumn, IntegerColumn } from './column.ts';
import type { Factor } from './integer/scaled.ts';

export type FeatureOf<K extends WindowFeature['kind']> = Extract<WindowFeature, { kind: K }>;

/** What a check may ask of its surroundings. */
export interface FeatureCheck {
  /** Path to the feature's field, e.g. "typing102.json: preprocess[1].features[5]". */
  where: string;
  /** Columns in the smallest sensor: how many axes there are to compare with. */
  axes: number;
  /** Samples in a window, at every sampling rate of the pipeline. */
  steps: readonly number[];
}

/** A shared intermediate result that a feature's code expects: made anew when the last one had another key. */
export interface Preparation {
  resource: 'histogram' | 'spectrum';
  key: string;
  line: (shape: { steps: number }) => string;
  /** Multiplications for one column. */
  products?: number;
  uses: Record<string, string[]>;
  /** Scratch and tables; of blocks of one name the longest is kept. */
  blocks: Block[];
}

export interface FeatureDefinition<K extends WindowFeature['kind'] = WindowFeature['kind']> {
  kind: K;
  /** Throws a refusal by the path to the field. */
  check?(feature: FeatureOf<K>, context: FeatureCheck): void;
  /** The feature's meaning, in float64. */
  float(feature: FeatureOf<K>, column: FloatColumn): number;
  /**
   * Largest distance between kernel and float meaning on the same whole numbers, beyond half a step of the result. `value` is the
   * feature's real value.
   */
  bound(feature: FeatureOf<K>, shape: ColumnShape, value: number, column: FloatColumn): number;
  /** Whether records must hold the spread. */
  needsSpread?: boolean;
  prepare?(feature: FeatureOf<K>): Preparation;
  /** Scratch of its own. */
  scratch?: Block[];
  /** Real factors, each to be divided by the real value of one step of the result. */
  factors(feature: FeatureOf<K>, column: ColumnShape): number[];
  uses: Record<string, string[]>;
  /** Multiplications of one sample, beyond those of the spread. */
  products?: number;
  /**
   * An i32 expression of assembly functions; `factor(i)` stands for the two arguments m and shift. In scope: column, end, stride (the
   * column in the ring), oldest (bytes from its first cell to the oldest sample), steps, record, partners, and the scratch blocks
   * $signal_counts and $signal_histogram.
   */
  code(feature: FeatureOf<K>, factor: (i: number) => string, shape: { steps: number }): string;
  /** Twin of the code. */
  reference(feature: FeatureOf<K>, column: IntegerColumn, factors: readonly Factor[]): number;
}
