/**
 * Finds what is wrong with a JSON text, by RFC 8259: JSON.parse does not always say where, and keeps the last of two
 * fields of one name without a word.
 */
export interface JsonFault {
  /** From 1. */
  line: number;
  column: number;
  /** e.g. `expected "," or "}"`; for a field that stands twice, its name. */
  what: string;
  kind: 'syntax' | 'duplicate';
}

/** Deeper nesting than any file of ours; bounds the recursion. */
const DEEPEST = 100;

const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Control characters must be escaped in JSON strings.
// oxlint-disable-next-line no-control-regex
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const blank = /[ \t\n\r]*/y;

/** The first fault of a JSON text, or undefined when JSON.parse may have it. */
export function findJsonFault(text: string): JsonFault | undefined {
  const scanner = new Scanner(text);
  try {
    scanner.document();
    return undefined;
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    const before = text.slice(0, stop.at).split('\n');
    return { line: before.length, column: before.at(-1)!.length + 1, what: stop.message, kind: stop.kind };
  }
}

class Stop extends Error {
  readonly at: number;
  readonly kind: JsonFault['kind'];

  constructor(at: number, what: string, kind: JsonFault['kind']) {
    super(what);
    this.at = at;
    this.kind = kind;
  }
}

class Scanner {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): void {
    this.value(0);
    this.match(blank);
    if (this.at < this.text.length) this.fail('expected the end of the file');
  }

  private value(depth: number): void {
    if (depth > DEEPEST) this.fail(`nested deeper than ${DEEPEST} levels`);
    this.match(blank);
    const next = this.text[this.at];
    if (next === '{') this.object(depth);
    else if (next === '[') this.array(depth);
    else if (next === '"') this.string();
    else if (!this.match(literal)) this.fail('expected a value');
  }

  private object(depth: number): void {
    this.at++;
    const fields = new Set<string>();
    this.match(blank);
    if (this.take('}')) return;
    do {
      this.match(blank);
      const start = this.at;
      if (this.text[start] !== '"') this.fail('expected a field name in double quotes');
      const field = JSON.parse(this.string()) as string;
      if (fields.has(field)) throw new Stop(start, field, 'duplicate');
      fields.add(field);
      this.match(blank);
      if (!this.take(':')) this.fail('expected ":"');
      this.value(depth + 1);
      this.match(blank);
    } while (this.take(','));
    if (!this.take('}')) this.fail('expected "," or "}"');
  }

  private array(depth: number): void {
    this.at++;
    this.match(blank);
    if (this.take(']')) return;
    do {
      this.value(depth + 1);
      this.match(blank);
    } while (this.take(','));
    if (!this.take(']')) this.fail('expected "," or "]"');
  }

  private string(): string {
    const start = this.at;
    if (!this.match(string))
      this.fail('a text in double quotes is not closed, or holds what must be escaped');
    return this.text.slice(start, this.at);
  }

  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private fail(what: string): never {
    throw new Stop(
      this.at,
      this.at >= this.text.length ? `${what}, found the end of the file` : what,
      'syntax',
    );
  }
}
