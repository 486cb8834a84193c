/**
 * Progress of long work: one line on standard error that rewrites itself and is gone when the work is done. Silent
 * unless a person watches: not in a pipe, not in CI, not with --quiet, not on a terminal that cannot go back.
 */
import { cut } from './text/cut.ts';

export interface ProgressStream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

export interface ProgressOptions {
  stream: ProgressStream;
  /** `--quiet`. */
  quiet?: boolean;
  environment?: Readonly<Record<string, string | undefined>>;
}

export interface Progress {
  /** Opens a phase of `steps` steps, e.g. "simulating"; the count starts again at zero. */
  phase(title: string, steps: number): void;
  /** Begins the next step and says what it works on, e.g. "pulse/25hz on we-be-class". */
  step(item: string): void;
  /** Removes the line; call it before other output and at the end, errors included. */
  clear(): void;
}

const BAR_WIDTH = 20;
/** Carriage return, then erase to the end of the line (ECMA-48 EL). */
const ERASE = '\r\u001b[K';

const silent: Progress = { phase: () => {}, step: () => {}, clear: () => {} };

function bar(done: number, steps: number): string {
  const filled = steps > 0 ? Math.round((BAR_WIDTH * Math.min(done, steps)) / steps) : 0;
  return '━'.repeat(filled) + '─'.repeat(BAR_WIDTH - filled);
}

export function createProgress({ stream, quiet = false, environment = {} }: ProgressOptions): Progress {
  const mute = quiet || stream.isTTY !== true || Boolean(environment.CI) || environment.TERM === 'dumb';
  if (mute) return silent;
  let title = '';
  let steps = 0;
  let begun = 0;
  let shown = false;
  const draw = (item: string): void => {
    const counter = steps > 0 ? `${bar(begun - 1, steps)} ${begun}/${steps} ` : '';
    // The last cell stays free: writing to it makes some terminals begin a new line.
    const line = cut(`${counter}${title}${item ? `: ${item}` : ''}`, (stream.columns ?? 80) - 1);
    stream.write(`${ERASE}${line}`);
    shown = true;
  };
  return {
    phase(name, count) {
      title = name;
      steps = count;
      begun = 0;
    },
    step(item) {
      begun += 1;
      draw(item);
    },
    clear() {
      if (shown) stream.write(ERASE);
      shown = false;
    },
  };
}
