/** What stands above and below the report: its name, the way to each system, and how to read it. */
import type { RunReport } from '../../run-report.ts';
import { html, raw, type Markup } from '../markup.ts';
import { kindBadge } from './verdict.ts';

const TEETH = 15;

/** A point of the wheel in a 32 by 32 box; `turn` goes clockwise from the top, 1 is once around. */
function point(radius: number, turn: number): string {
  const angle = turn * 2 * Math.PI - Math.PI / 2;
  return `${(16 + radius * Math.cos(angle)).toFixed(2)} ${(16 + radius * Math.sin(angle)).toFixed(2)}`;
}

/** An escape wheel: fifteen teeth, each leaning into the turn. */
function wheel(): string {
  const outline = Array.from({ length: TEETH }, (_, tooth) =>
    [point(10.5, tooth / TEETH), point(15, (tooth + 0.62) / TEETH), point(10.5, (tooth + 0.5) / TEETH)].join(
      'L',
    ),
  );
  return `<svg class="wheel" viewBox="0 0 32 32" aria-hidden="true"><path d="M${outline.join('L')}Z"/><circle cx="16" cy="16" r="6.5"/><circle class="hub" cx="16" cy="16" r="2"/></svg>`;
}

export const masthead = (report: RunReport): Markup =>
  html` <header class="masthead">
    <div>
      <span class="brand">${raw(wheel())}Escapement</span>
      <nav aria-label="Sections">
        <a href="#summary">Verdicts</a
        >${report.systems.map((system, index) => html`<a href="#system-${index}">${system.name}</a>`)}<a
          href="#reading"
          >How to read</a
        >
      </nav>
    </div>
  </header>`;

export const footer = (report: RunReport): Markup =>
  html` <footer id="reading">
    <div>
      <h2>How to read this report</h2>
      <dl class="reading">
        <dt>Bands</dt>
        <dd>
          “206 ms [185..237]” is the estimate and the lowest and highest value that its sources allow. A
          verdict is <i>undecided</i> when the band straddles a limit.
        </dd>
        <dt>${kindBadge('measured')}</dt>
        <dd>read from the built kernel, or measured by the named source on real hardware</dd>
        <dt>${kindBadge('datasheet')}</dt>
        <dd>a vendor's datasheet or manual</dd>
        <dt>${kindBadge('model')}</dt>
        <dd>computed by a model or fitted; the source says from what</dd>
        <dt>${kindBadge('assumed')}</dt>
        <dd>no source was found; the figure carries a range that flows into every result that rests on it</dd>
        <dt>Cost only</dt>
        <dd>
          no model was trained for this rate: the network was re-timed to learn its cost, and has no accuracy
        </dd>
      </dl>
      <p class="origin">
        ${report.tool}. Fingerprint over inputs and results: <code>${report.fingerprint}</code>
      </p>
    </div>
  </footer>`;
