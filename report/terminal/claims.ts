/** Published claims beside the model's own numbers, for a terminal: `escapement claims`. */
import type { ClaimRow, Outcome } from '../claims/claim.ts';
import { band, plainNumber, significant, withBand } from '../text/number.ts';
import { table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { createStyle, type Style, type TerminalOptions } from './style.ts';

const marks: Readonly<Record<Outcome, string>> = {
  fitted: '=',
  reproduced: '✓',
  'within the band': '?',
  'not reproduced': '✗',
};

export function terminalClaims(rows: readonly ClaimRow[], options: TerminalOptions): string {
  const style = createStyle(options);
  const columns = [
    { header: '' },
    { header: 'claim' },
    { header: 'published', align: 'right' as const },
    { header: 'model', align: 'right' as const },
    { header: 'outcome' },
  ];
  const body = rows.map((row, index) => [
    `${index + 1}`,
    cell(`${row.system}: ${row.claim}`, 36),
    cell(row.arithmetic ? `${row.published}; arithmetic ${row.arithmetic.says}` : row.published, 22),
    modelText(row),
    outcomeText(row),
  ]);
  const lines = [
    ...table(columns, body, { paintHeader: style.dim }),
    '',
    ...rows.flatMap((row, index) => note(row, index + 1, style)),
    ...wrap(
      '= fitted: a constant was chosen to give it. ✓ the central value lies in the published range. ? only the band reaches it. ✗ the band does not.',
      style.width,
    ).map(style.dim),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function outcomeText({ outcome, arithmetic }: ClaimRow): string {
  const said = `${marks[outcome]} ${outcome}${outcome === 'fitted' ? '' : ' (check)'}`;
  return arithmetic ? `${said}\n${arithmetic.holds ? '✓ as arithmetic' : '✗ nor arithmetic'}` : said;
}

const cell = (text: string, width: number): string => wrap(text, width).join('\n');

function modelText({ model, unit }: ClaimRow): string {
  if (model === null) return 'no number';
  if (unit === 'x') return `${significant(model.value)}x ${band(model)}`.trim();
  return withBand(model, unit).replace(' [', '\n[');
}

function note(row: ClaimRow, number: number, style: Style): string[] {
  const texts = [
    `Published: ${row.source}; on ${row.publishedOn}. Model: ${row.modelOn}.`,
    ...(row.because === undefined
      ? []
      : [row.outcome === 'not reproduced' ? `Not reproduced, because: ${row.because}` : row.because]),
  ];
  return [...wrap(texts.join(' '), style.width, { first: `${plainNumber(number)}. ` }), ''];
}
