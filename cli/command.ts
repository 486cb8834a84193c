import type { Command as Commander } from 'commander';
import type { Progress } from './progress.ts';
import type { ExitCode } from './exit-codes.ts';

/** Where a command writes: replaced in tests. */
export interface Output {
  /** Standard output: results. */
  out(text: string): void;
  /** Standard error: progress and one-line errors. */
  err(text: string): void;
  /** Whether standard output takes colour, and how wide it is. */
  colour: boolean;
  columns?: number;
  /** The progress line of long work. */
  progress: Progress;
}

/** One command: one file in `commands/`, one line in `registry.ts`. */
export interface Command {
  name: string;
  summary: string;
  /** Declares arguments and options and calls `run` with the handler whose exit code counts. */
  register(command: Commander, run: Runner): void;
}

/** Binds a handler: its result is the process's exit code. */
export type Runner = <Args extends unknown[]>(
  handler: (output: Output, ...args: Args) => Promise<ExitCode> | ExitCode,
) => (...args: Args) => Promise<void>;
