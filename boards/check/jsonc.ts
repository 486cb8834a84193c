/** JSON with comments, so that a board file can explain itself; a syntax error knows its line and column. */
import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser';

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
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: false, allowTrailingComma: false });
  const [first] = errors;
  if (first) {
    const before = text.slice(0, first.offset).split('\n');
    throw new JsonSyntaxError(inWords(first), before.length, before.at(-1)!.length + 1);
  }
  return value;
}

/** "PropertyNameExpected" as "property name expected". */
const inWords = ({ error }: ParseError): string =>
  printParseErrorCode(error).replace(/(?<!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
