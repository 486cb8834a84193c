/** Colours of power parts: by what a part is, so that the same part has the same colour in every chart. */
import type { PartPower } from '../../../sim/result.ts';

/** Count of the classes `part-s0..` (sensors, blues) and `part-o0..` (the rest) in the style sheet. */
const SENSOR_COLOURS = 5;
const OTHER_COLOURS = 7;

/** CSS class by part name, over all results that are shown together; sensors first, in order of appearance. */
export function partColours(parts: readonly PartPower[]): Map<string, string> {
  const names = (sensor: boolean): string[] => [
    ...new Set(parts.filter((part) => part.sensor === sensor).map((part) => part.name)),
  ];
  return new Map([
    ...names(true).map((name, index) => [name, `part-s${index % SENSOR_COLOURS}`] as const),
    ...names(false).map((name, index) => [name, `part-o${index % OTHER_COLOURS}`] as const),
  ]);
}
