/** Text that must not reach the edge of a terminal. */
import { printable } from '../../report/text/printable.ts';
import { displayWidth } from '../../report/text/width.ts';

/** One printable line of at most `width` cells; its end gives way to an ellipsis when it is longer. */
export function cut(text: string, width: number): string {
  const line = printable(text);
  if (displayWidth(line) <= width) return line;
  let kept = '';
  for (const character of line) {
    if (displayWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
