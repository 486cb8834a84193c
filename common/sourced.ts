/** How a hardware number came to be known. */
export type SourceKind = 'measured' | 'datasheet' | 'model' | 'assumed';

/**
 * One hardware number with its provenance. A number without a published source is `assumed`
 * and must carry `low` and `high`, which flow into every result that rests on it.
 */
export interface Sourced<Unit extends string = string> {
  value: number;
  unit: Unit;
  kind: SourceKind;
  source: string;
  low?: number;
  high?: number;
}
