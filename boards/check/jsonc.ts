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
    const at = /position (\d+)/.exec(message);
    const position = at ? Number(at[1]) : plain.trimEnd().length;
    const before = plain.slice(0, position).split('\n');
    const reason = message.replace(/ (in JSON )?at position.*$/, '').replace(/\.$/, '');
    throw new JsonSyntaxError(reason, before.length, before.at(-1)!.length + 1);
  }
}

/** Strings are matched first, so that a "//" within one stays. */
const stringOrComment = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

function blankComments(text: string): string {
  return text.replace(stringOrComment, (match) =>
    match.startsWith('"') ? match : match.replace(/[^\n]/g, ' '),
  );
}
