/**
 * HTML by template literal. Whatever is put into a template is escaped unless it is markup made by another template,
 * so a name from a file of the user can never become an element or an attribute.
 */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Renderable = Markup | string | number | false | null | undefined | readonly Renderable[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that XML and HTML forbid even as references, and halves of surrogate pairs; shown as the replacement character. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu;

/** Text that is safe between tags and in a quoted attribute. */
export const escape = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character]!);

function render(value: Renderable): string {
  if (value instanceof Markup) return value.text;
  if (value === false || value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escape(value);
  return value.map(render).join('');
}

/** Indentation is for the reader of a template: a line break is enough for the reader of a page. */
const flat = new WeakMap<TemplateStringsArray, readonly string[]>();
function flattened(strings: TemplateStringsArray): readonly string[] {
  const known = flat.get(strings) ?? strings.map((text) => text.replace(/\s*\n\s*/g, '\n'));
  flat.set(strings, known);
  return known;
}

/** Markup from a template; attributes must be quoted. */
export function html(template: TemplateStringsArray, ...values: readonly Renderable[]): Markup {
  const strings = flattened(template);
  let text = strings[0]!;
  values.forEach((value, index) => {
    text += render(value) + strings[index + 1]!;
  });
  return new Markup(text);
}

/** The same function under the name by which editors colour SVG. */
export const svg = html;

/** Text that already is markup. Never for anything that comes from a file of the user. */
export const raw = (text: string): Markup => new Markup(text);
