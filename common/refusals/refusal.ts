/**
 * A refusal: bad input that the user can mend. It ends as one line and exit code 2.
 * Every refusal is defined once in this folder, has a number that never changes, and has a test.
 */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, what: string, next: string) {
    super(oneLine(`${code} ${what} ${next}`));
    this.name = 'Refusal';
    this.code = code;
  }
}

/** A refusal that another thread threw. */
export function refusedElsewhere(code: string, message: string): Refusal {
  const refusal = new Refusal(code, '', '');
  refusal.message = message;
  return refusal;
}

/** Names and cells come from files: what would break the line or command the terminal is shown as an escape. */
const oneLine = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
    return named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

/**
 * Defines a numbered refusal. `what` says where and what is wrong (end with a full stop),
 * `next` tells the next step to take (imperative, end with a full stop).
 */
export function define<Args extends unknown[]>(
  code: string,
  what: (...args: Args) => string,
  next: (...args: Args) => string,
): (...args: Args) => Refusal {
  return (...args) => new Refusal(code, what(...args), next(...args));
}
