/** What the models said of the loops of a held-out set before anybody who works on the models had seen them: its `first-look.json`. */
import { existsSync, readFileSync } from 'node:fs';
import { floatSets, heldOutSets, type FloatSet, type HeldOutSet } from './kernels.ts';

export interface Prediction {
  kernel: string;
  core: string;
  runtime: string;
  /** Of an iteration. */
  cycles: number;
}

export interface FirstLook {
  /** Whose models these are, where there is more than one look. */
  commit?: string;
  records: Prediction[];
}

export const firstLookFile = (set: HeldOutSet | FloatSet): URL =>
  new URL(`../${set}/first-look.json`, import.meta.url);

/** Oldest first; the last is the one that counts. None where nobody asked in time. */
export function firstLooks(set: HeldOutSet | FloatSet): FirstLook[] {
  const file = firstLookFile(set);
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as { looks: FirstLook[] }).looks;
}

export const placeOf = ({ kernel, core, runtime }: Omit<Prediction, 'cycles'>): string =>
  `${kernel} ${core} ${runtime}`;

/** Of all sets, by place. */
export function blindPredictions(): Map<string, number> {
  const records = [...heldOutSets, ...floatSets].flatMap((set) => firstLooks(set).at(-1)?.records ?? []);
  return new Map(records.map((r) => [placeOf(r), r.cycles]));
}
