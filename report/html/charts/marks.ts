/** Marks of verdicts: told apart by shape first, colour second. */
import type { Verdict } from '../../../sim/result.ts';
import { svg, type Markup } from '../markup.ts';
import { at } from './scale.ts';

/** Disc, cross or diamond centred at x, y. */
export function verdictMark(verdict: Verdict, x: number, y: number): Markup {
  switch (verdict) {
    case 'pass':
      return svg`<circle class="mark pass" cx="${at(x)}" cy="${at(y)}" r="4.2"/>`;
    case 'fail':
      return svg`<path class="mark fail" d="M${at(x - 3.6)} ${at(y - 3.6)}l7.2 7.2m0 -7.2l-7.2 7.2"/>`;
    case 'undecided':
      return svg`<path class="mark undecided" d="M${at(x)} ${at(y - 5)}l5 5l-5 5l-5 -5z"/>`;
  }
}

/** The same in text: "✓", "✗", "?". */
export const verdictSign: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✗', undecided: '?' };
