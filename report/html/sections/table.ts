/** Tables that scroll sideways on a narrow screen, by finger or by keyboard. */
import { html, type Markup, type Renderable } from '../markup.ts';

export interface Heading {
  label: Renderable;
  /** Numbers stand at the right. */
  number?: boolean;
  /** Small text under the label, e.g. a unit. */
  unit?: string;
}

/** `rows` are cells made by `td`, `num` or `th`. The title also names the table for a screen reader. */
export function dataTable(
  title: string,
  headings: readonly Heading[],
  rows: readonly (readonly Markup[])[],
  className = '',
): Markup {
  const heads = headings.map(
    ({ label, number, unit }) =>
      html`<th scope="col" class="${number ? 'num' : ''}">
        ${label}${unit ? html`<small>${unit}</small>` : ''}
      </th>`,
  );
  return html`<h4 class="table-title">${title}</h4>
    <div class="scroll" role="region" aria-label="${title}" tabindex="0">
      <table class="data ${className}" aria-label="${title}">
        <thead>
          <tr>
            ${heads}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

export const td = (content: Renderable): Markup => html`<td>${content}</td>`;
export const num = (content: Renderable): Markup => html`<td class="num">${content}</td>`;
export const th = (content: Renderable): Markup => html`<th scope="row">${content}</th>`;
