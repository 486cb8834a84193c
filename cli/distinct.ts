/** Lists of the command line name each thing once: a board that is given twice would count twice in every summary. */
import { namedTwice } from '../common/refusals/sweep.ts';

/** The list itself; throws ESC526 for the first thing that comes again. */
export function distinct<Item extends string | number>(
  option: string,
  items: readonly Item[],
): readonly Item[] {
  const again = items.find((item, at) => items.indexOf(item) < at);
  if (again !== undefined) throw namedTwice(option, String(again));
  return items;
}
