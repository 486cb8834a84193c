/**
 * A strict reader of HTML for tests: every tag closed in order, every attribute quoted, no stray "<". Independent of
 * the code that writes the page. Throws with the place of the first fault.
 */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  /** Raw text, for script and style only. */
  text: string;
}

const VOID = new Set(['meta', 'br', 'input', 'wbr', 'link', 'img']);
const RAW = new Set(['script', 'style']);
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][-a-zA-Z0-9:]*(?:="[^"<>]*")?)*)\s*(\/?)>/y;
const ATTRIBUTE = /([a-zA-Z][-a-zA-Z0-9:]*)(?:="([^"]*)")?/g;

export function parseHtml(text: string): Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  let position = text.startsWith('<!doctype html>') ? '<!doctype html>'.length : 0;
  const fault = (what: string): never => {
    throw new Error(`${what} at ${position}: ${JSON.stringify(text.slice(position, position + 80))}`);
  };
  while (true) {
    position = text.indexOf('<', position);
    if (position < 0) break;
    TAG.lastIndex = position;
    const [whole, closing, tag, rest, selfClosing] = TAG.exec(text) ?? fault('not a tag');
    const name = tag!.toLowerCase();
    position += whole!.length;
    if (closing) {
      if (open.pop() !== name) fault(`</${name}> closes nothing`);
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [, key, value = ''] of rest!.matchAll(ATTRIBUTE)) attributes[key!] = value;
    const element: Element = { name, attributes, text: '' };
    elements.push(element);
    if (RAW.has(name)) {
      const end = text.indexOf(`</${name}`, position);
      if (end < 0) fault(`${name} is never closed`);
      element.text = text.slice(position, end);
      position = text.indexOf('>', end) + 1;
    } else if (!selfClosing && !VOID.has(name)) open.push(name);
  }
  if (open.length > 0) fault(`never closed: ${open.join(', ')}`);
  return elements;
}
