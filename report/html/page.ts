/**
 * The report of a run as one HTML file: no network, no fonts or images from elsewhere (a content security policy
 * forbids them), readable without JavaScript, and the same bytes for the same report.
 */
import { createHash } from 'node:crypto';
import type { RunReport, SystemReport } from '../run-report.ts';
import { printableDeep } from '../text/printable.ts';
import { defaultChoice, type Choice } from '../view/choice.ts';
import { closingLinesOf } from '../view/closing/lines.ts';
import { clientScript } from './client-script.ts';
import { explorer } from './explorer.ts';
import { html, raw, type Markup } from './markup.ts';
import { DATA_ELEMENT, encodeSystems } from './page-data.ts';
import { controls } from './sections/controls.ts';
import { footer, masthead } from './sections/frame.ts';
import { matrixTable } from './sections/matrix.ts';
import { summarySection, verdictLine } from './sections/summary.ts';
import { styleSheet } from './style-sheet.ts';

export interface HtmlOptions {
  /** By system name: what to open with instead of the default choice (see `view/choice.ts`). */
  choices?: Readonly<Record<string, Partial<Choice>>>;
}

/** Verdicts of the variants that the summary does not show. */
const otherVariants = (system: SystemReport, index: number, { variant: shown, rateHz }: Choice): Markup =>
  html` ${system.variants
    .filter((variant) => variant.id !== shown && variant.results.some((result) => result.rateHz === rateHz))
    .map(
      (variant) =>
        html`<h4>${variant.title}</h4>
          ${matrixTable(system, index, variant, rateHz)}`,
    )}`;

function systemSection(system: SystemReport, index: number, options: HtmlOptions): Markup {
  const byRule = defaultChoice(system);
  if (!byRule) return html``;
  const choice = { ...byRule, ...options.choices?.[system.name] };
  const others = system.variants.length > 1;
  return html`<section class="system" id="system-${index}">
    <header>
      <h2>${system.name}</h2>
      <p class="sub">${system.title}</p>
    </header>
    <ul class="lines wide">
      ${closingLinesOf(system).map(verdictLine)}
    </ul>
    ${controls(system, index, choice)}
    <div class="explorer" id="explorer-${index}">${explorer(system, choice)}</div>
    ${others ? html`<h3>Verdicts of the other variants</h3>` : ''}
    ${others && otherVariants(system, index, byRule)}
  </section>`;
}

/** A style or script element, and the hash by which the content security policy lets it in: no other may run. */
function inlined(tag: 'style' | 'script', text: string): { element: Markup; hash: string } {
  const digest = createHash('sha256').update(text).digest('base64');
  return { element: raw(`<${tag}>${text}</${tag}>`), hash: `'sha256-${digest}'` };
}

/** Text of the HTML file. */
export function htmlReport(report: RunReport, options: HtmlOptions = {}): string {
  const shown = printableDeep(report);
  const style = inlined('style', styleSheet());
  const script = inlined('script', clientScript());
  const data = raw(`<script type="application/json" id="${DATA_ELEMENT}">${encodeSystems(shown)}</script>`);
  const policy = `default-src 'none'; style-src ${style.hash}; script-src ${script.hash}; base-uri 'none'; form-action 'none'`;
  const names = shown.systems.map((system) => system.name).join(', ');
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="${shown.tool}" />
        <title>${names}: Escapement report</title>
        ${style.element}
      </head>
      <body>
        <a class="skip" href="#summary">Skip to the verdicts</a>
        ${masthead(shown)}
        <main>
          ${summarySection(shown)}
          ${shown.systems.map((system, index) => systemSection(system, index, options))}
        </main>
        ${footer(shown)}
        <p class="sr" id="live" aria-live="polite"></p>
        ${data} ${script.element}
      </body>
    </html> `.text;
}
