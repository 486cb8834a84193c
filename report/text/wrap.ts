/** Breaks prose at spaces so that no line is wider than a terminal. */
import { displayWidth } from './width.ts';

export interface WrapOptions {
  /** Put before the first line, e.g. "- ". */
  first?: string;
  /** Put before all others; as wide as `first` by default. */
  rest?: string;
}

/** Lines of at most `width` cells; a single longer word stays whole on its own line. */
export function wrap(text: string, width: number, options: WrapOptions = {}): string[] {
  const first = options.first ?? '';
  const rest = options.rest ?? ' '.repeat(displayWidth(first));
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/ +/).filter(Boolean)) {
    if (!empty && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
