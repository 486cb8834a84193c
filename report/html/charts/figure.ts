/** A chart with its title, what it says in words for those who cannot see it, and its legend. */
import { html, svg, type Markup, type Renderable } from '../markup.ts';

export interface LegendEntry {
  /** CSS class of the mark, e.g. "part-0". */
  mark: string;
  label: string;
}

export interface Figure {
  title: string;
  /** What the axes are and which choice is shown. */
  subtitle?: Renderable;
  /** Extra class for layout, e.g. "tall". */
  className?: string;
  legend?: readonly LegendEntry[];
  chart: Markup;
}

export const figure = ({ title, subtitle, className = '', legend = [], chart }: Figure): Markup =>
  html` <figure class="card chart ${className}">
    <figcaption>
      <h4>${title}</h4>
      ${subtitle ? html`<p class="sub">${subtitle}</p>` : ''}
    </figcaption>
    ${chart}
    ${
      legend.length > 0
        ? html`<ul class="legend">
            ${legend.map(({ mark, label }) => html`<li><i class="swatch ${mark}"></i>${label}</li>`)}
          </ul>`
        : ''
    }
  </figure>`;

/** The drawing itself. `description` says in a sentence what a reader would take from it. */
export const drawing = (width: number, height: number, description: string, content: Renderable): Markup =>
  svg`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${description}">${content}</svg>`;
