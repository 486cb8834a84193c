/** How terminal reports are drawn: with or without colour, and how wide. Colour never carries meaning alone. */
import pc from 'picocolors';
import type { Verdict } from '../../sim/result.ts';

export interface TerminalOptions {
  /** False in a pipe, and where NO_COLOR is set. */
  colour: boolean;
  /** Width of the terminal in cells; reports use 80 to 100 of them. */
  columns?: number;
}

export interface Style {
  width: number;
  bold(text: string): string;
  dim(text: string): string;
  heading(text: string): string;
  /** Colours text by verdict. */
  tint(verdict: Verdict, text: string): string;
  /** "✓", "✗" or "?", coloured. */
  mark(verdict: Verdict): string;
}

/** Beyond this a line is hard to follow with the eye. */
export const WIDEST = 100;
/** Text keeps to this even where the terminal is narrower; tables take what their figures need. */
export const NARROWEST = 60;

const MARKS: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✗', undecided: '?' };

export function createStyle({ colour, columns = WIDEST }: TerminalOptions): Style {
  const colours = pc.createColors(colour);
  const tints = { pass: colours.green, fail: colours.red, undecided: colours.yellow };
  const tint = (verdict: Verdict, text: string): string => tints[verdict](text);
  return {
    width: Math.min(WIDEST, Math.max(NARROWEST, columns)),
    bold: colours.bold,
    dim: colours.dim,
    heading: (text) => colours.bold(colours.cyan(text)),
    tint,
    mark: (verdict) => tint(verdict, MARKS[verdict]),
  };
}
