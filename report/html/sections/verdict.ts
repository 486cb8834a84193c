/** Verdicts in text: a sign, a colour and a word, so that none of them is needed alone. */
import type { Verdict } from '../../../sim/result.ts';
import { verdictSign } from '../charts/marks.ts';
import { html, type Markup } from '../markup.ts';

export const verdictBadge = (verdict: Verdict): Markup =>
  html`<span class="badge ${verdict}"
    ><span aria-hidden="true">${verdictSign[verdict]}</span> ${verdict}</span
  >`;

/** How a number came to be known. */
export const kindBadge = (kind: string): Markup => html`<span class="kind kind-${kind}">${kind}</span>`;
