/** The first screen: for each system the verdict of every board and runtime, and one sentence that says what to do. */
import type { RunReport, SystemReport } from '../../run-report.ts';
import type { Verdict } from '../../../sim/result.ts';
import { count, hertz } from '../../text/quantity.ts';
import { defaultChoice } from '../../view/choice.ts';
import { closingLinesOf, type ClosingLine } from '../../view/closing/lines.ts';
import { boardsOf, resultsAt, runtimesOf } from '../../view/select.ts';
import { html, type Markup } from '../markup.ts';
import { matrixTable } from './matrix.ts';
import { verdictBadge } from './verdict.ts';

export const verdictLine = (line: ClosingLine): Markup =>
  html`<li>
    <p>${verdictBadge(line.verdict)} <b>${line.board}</b>: ${line.reason}.</p>
    <p class="next"><span aria-hidden="true">→</span> ${line.next}.</p>
  </li>`;

/** How many pairs of board and runtime pass at the rate, in words. */
function tally(system: SystemReport): string {
  const choice = defaultChoice(system);
  const variant = system.variants.find(({ id }) => id === choice?.variant);
  if (!choice || !variant) return 'Nothing was simulated';
  const results = resultsAt(variant, { rateHz: choice.rateHz });
  const having = (verdict: Verdict): number => results.filter((r) => r.verdict === verdict).length;
  const open = having('undecided') > 0 ? `, ${having('undecided')} are undecided` : '';
  return `${having('pass')} of ${results.length} pairs of board and runtime pass every budget at ${hertz(choice.rateHz)}${open}`;
}

function systemCard(system: SystemReport, index: number): Markup {
  const choice = defaultChoice(system);
  const variant = system.variants.find(({ id }) => id === choice?.variant);
  if (!choice || !variant)
    return html`<article class="card">
      <h2>${system.name}</h2>
      <p>Nothing was simulated.</p>
    </article>`;
  const headline = closingLinesOf(system).find((line) => line.board === choice.board);
  return html` <article class="card verdicts">
    <header>
      <h2><a href="#system-${index}">${system.name}</a></h2>
      <p class="sub">${system.title}</p>
    </header>
    <p class="tally">
      ${tally(system)}.
      <span class="faint">${variant.title}, ${count(variant.parameters)} parameters.</span>
    </p>
    ${matrixTable(system, index, variant, choice.rateHz)}
    ${
      headline
        ? html`<ul class="lines">
            ${verdictLine(headline)}
          </ul>`
        : ''
    }
  </article>`;
}

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

export function summarySection(report: RunReport): Markup {
  const boards = new Set(report.systems.flatMap(boardsOf)).size;
  const runtimes = new Set(report.systems.flatMap(runtimesOf)).size;
  const names = report.systems.map((system) => system.name).join(' and ');
  return html` <section id="summary">
    <h1>${question(names, report.systems.length)}</h1>
    <p class="lead">
      Simulated on ${some(boards, 'board')} with ${some(runtimes, 'WebAssembly runtime')}. Latency is
      cycle-approximate; every figure carries the band that its sources deserve.
      <span class="key"
        ><span class="pass"><b aria-hidden="true">✓</b> pass</span>
        <span class="fail"><b aria-hidden="true">✗</b> breaks the budget named</span>
        <span class="undecided"><b aria-hidden="true">?</b> undecided: the band straddles a limit</span></span
      >
    </p>
    <div class="cards">${report.systems.map(systemCard)}</div>
  </section>`;
}

const question = (names: string, systems: number): string =>
  systems === 1
    ? `Does ${names} fit, is it fast enough, and what does it cost?`
    : `Do ${names} fit, are they fast enough, and what do they cost?`;
