/** Long names in narrow columns. */
import { displayWidth } from './width.ts';

/** Breaks a name at a hyphen near its middle when it is too long for a column: "wasm2c-\nunchecked". */
export function twoLines(name: string, width: number): string {
  if (displayWidth(name) <= width) return name;
  const breaks = [...name.matchAll(/-/g)].map((match) => match.index + 1).toReversed();
  const imbalance = (at: number): number => Math.max(at, name.length - at);
  const [best] = breaks.sort((a, b) => imbalance(a) - imbalance(b));
  return best === undefined ? name : `${name.slice(0, best)}\n${name.slice(best)}`;
}
