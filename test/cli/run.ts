/** Runs the command line in this process and keeps what it printed. */
import { main } from '../../cli/main.ts';

export interface Run {
  code: number;
  out: string;
  err: string;
}

export async function escapement(...argv: string[]): Promise<Run> {
  const run: Run = { code: -1, out: '', err: '' };
  run.code = await main(argv, {
    out: (text) => void (run.out += text),
    err: (text) => void (run.err += text),
    colour: false,
    columns: 100,
    progress: { phase() {}, step() {}, clear() {} },
  });
  return run;
}
