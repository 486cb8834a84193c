/**
 * Width of text in terminal cells, so that tables line up with any script: escape sequences and combining marks
 * take no cell, East Asian wide and fullwidth characters and emoji take two (Unicode Standard Annex #11).
 */

// eslint-disable-next-line no-control-regex
const ESCAPE_SEQUENCE = /\u001b\[[0-9;]*m/g;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]$|^\p{Emoji_Presentation}$|^[\u{20000}-\u{3fffd}]$/u;

/** Text without colour. */
export const plain = (text: string): string => text.replace(ESCAPE_SEQUENCE, '');

/** Number of terminal cells that one line of text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of plain(text)) {
    if (ZERO_WIDTH.test(character)) continue;
    width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

export type Align = 'left' | 'right' | 'centre';

/** Fills with spaces to a width in cells; text that is longer stays as it is. */
export function pad(text: string, width: number, align: Align = 'left'): string {
  const missing = Math.max(0, width - displayWidth(text));
  if (align === 'right') return ' '.repeat(missing) + text;
  if (align === 'left') return text + ' '.repeat(missing);
  const before = Math.floor(missing / 2);
  return ' '.repeat(before) + text + ' '.repeat(missing - before);
}
