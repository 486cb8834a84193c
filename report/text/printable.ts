/**
 * Names in a report come from files of the user. Control characters (which could move the cursor or recolour a
 * terminal) and characters that turn the reading direction are shown as a code, never sent to the terminal.
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** One line of text in which every character can be seen, e.g. "a\u001bb" becomes "a<1b>b". */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (character) =>
    character === '\n' || character === '\t' ? ' ' : `<${character.codePointAt(0)!.toString(16)}>`,
  );

/** The same value with every string in it made printable. */
export function printableDeep<T>(value: T): T {
  if (typeof value === 'string') return printable(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => printableDeep(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printableDeep(item)])) as T;
}
