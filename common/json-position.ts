/**
 * Finds where a value stands in the text of a JSON file (comments allowed), so that a finding about a field can name
 * line and column. The text must be valid: parse it first.
 */
export interface JsonPosition {
  /** From 1. */
  line: number;
  column: number;
  /** Offsets of the value: its first character and the one behind its last. */
  start: number;
  end: number;
}

export type JsonPath = readonly (string | number)[];

/** Position of the value at a path, or of its nearest ancestor that exists: a missing field is shown at its parent. */
export function jsonPosition(text: string, path: JsonPath): JsonPosition {
  const found = locate(text, path);
  const before = text.slice(0, found.start).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1, start: found.start, end: found.end };
}

/** "sensors.ppg.settings" or "a.b[2].c" as path segments. */
export const parseFieldPath = (field: string): (string | number)[] =>
  field
    .split(/[.[\]]+/)
    .filter((segment) => segment !== '' && segment !== '(top)')
    .map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));

function locate(text: string, path: JsonPath): { start: number; end: number } {
  let at = skipBlank(text, 0);
  for (const segment of path) {
    const child = text[at] === '{' || text[at] === '[' ? childOf(text, at, segment) : undefined;
    if (child === undefined) break;
    at = child;
  }
  return { start: at, end: skipValue(text, at) };
}

/** Offset of a member's value or of an element; undefined when there is none. */
function childOf(text: string, open: number, segment: string | number): number | undefined {
  const isObject = text[open] === '{';
  let at = skipBlank(text, open + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index++) {
    let key: string | number = index;
    if (isObject) {
      const end = skipValue(text, at);
      key = JSON.parse(text.slice(at, end)) as string;
      // Behind the key stands a colon.
      at = skipBlank(text, skipBlank(text, end) + 1);
    }
    if (String(key) === String(segment)) return at;
    at = skipBlank(text, skipValue(text, at));
    if (text[at] === ',') at = skipBlank(text, at + 1);
  }
  return undefined;
}

/** Offset behind a value. */
function skipValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return skipString(text, start);
  if (first !== '{' && first !== '[') {
    let at = start;
    while (at < text.length && !/[\s,\]}/]/.test(text[at]!)) at++;
    return at;
  }
  let depth = 0;
  for (let at = start; at < text.length;) {
    const character = text[at];
    if (character === '"') at = skipString(text, at);
    else if (character === '/') at = skipBlank(text, at);
    else {
      if (character === '{' || character === '[') depth++;
      if (character === '}' || character === ']') depth--;
      at++;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

function skipString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Skips white space and comments. */
function skipBlank(text: string, start: number): number {
  const blank = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  blank.lastIndex = start;
  blank.exec(text);
  return blank.lastIndex;
}
