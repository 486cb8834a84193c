/**
 * JSON with comments, so that a board file can explain itself. Comments become blanks of the same length: line and
 * column of a syntax error stay those of the file.
 */
export class JsonSyntaxError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.name = 'JsonSyntaxError';
    this.line = line;
    this.column = column;
  }
}

export function parseJsonc(text: string): unknown {
  const plain = blankComments(text);
  try {
    return JSON.parse(plain);
  } catch (error) {
    const message = (error as Error).message;
    const before = plain.slice(0, faultOffset(plain)).split('\n');
    const reason = message
      .replace(/ (in JSON )?at position.*$/, '')
      .replace(/, (\.\.\.)?".*is not valid JSON$/s, '')
      .replace(/\.$/, '');
    throw new JsonSyntaxError(reason, before.length, before.at(-1)!.length + 1);
  }
}

/**
 * Offset of the first character that no valid text could have there: not every message of JSON.parse says it. A prefix
 * that is merely cut off complains about its end; the shortest one that complains about anything else ends with the fault.
 */
function faultOffset(text: string): number {
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isCutOff(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return bad > text.length ? text.trimEnd().length : good;
}

function isCutOff(prefix: string): boolean {
  try {
    JSON.parse(prefix);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /position (\d+)/.exec(message)?.[1];
    return /end of JSON|Unterminated/.test(message) || Number(position ?? -1) >= prefix.length;
  }
}

/** Strings are matched first, so that a "//" within one stays. */
const stringOrComment = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

function blankComments(text: string): string {
  return text.replace(stringOrComment, (match) =>
    match.startsWith('"') ? match : match.replace(/[^\n]/g, ' '),
  );
}
