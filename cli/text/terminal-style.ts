/** Whether and how wide to write: colour only for a person at a terminal (https://no-color.org), never in a pipe. */
import type { TerminalOptions } from '../../report/terminal/style.ts';

/** The part of a stream that matters here; `process.stdout` fits. */
export interface Stream {
  isTTY?: boolean;
  columns?: number;
}

/** Width of a report in a pipe or file, in cells. */
const PIPE_COLUMNS = 100;

export function terminalStyle(
  stream: Stream,
  environment: Readonly<Record<string, string | undefined>>,
): Required<TerminalOptions> {
  const terminal = stream.isTTY === true;
  const refused = (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb';
  return {
    colour: terminal && !refused,
    columns: terminal ? (stream.columns ?? PIPE_COLUMNS) : PIPE_COLUMNS,
  };
}
