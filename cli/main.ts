/** The command line: parses, runs one command, and turns every ending into a documented exit code. */
import { Command as Commander, CommanderError } from 'commander';
import { Refusal } from '../common/refusals/index.ts';
import { toolVersion } from '../common/tool.ts';
import type { Output, Runner } from './command.ts';
import { exitCode, type ExitCode } from './exit-codes.ts';
import { createProgress } from './progress.ts';
import { commands } from './registry.ts';
import { terminalStyle } from './text/terminal-style.ts';

const exitCodeHelp = `
Exit codes: 0 pass, 1 budget violated, 2 bad input, 3 internal error, 4 parity mismatch, 5 undecided.`;

export async function main(argv: readonly string[], output: Output = terminal()): Promise<ExitCode> {
  let code: ExitCode = exitCode.pass;
  const run: Runner =
    (handler) =>
    async (...args) => {
      code = await handler(output, ...args);
    };
  const program = new Commander('escapement')
    .description(
      'Compiles trained wearable-authentication models into fixed-point WebAssembly kernels and simulates ' +
        'what they cost on a wrist: latency, memory and power, with a verdict.',
    )
    .version(toolVersion, '-V, --version')
    .addHelpText('after', exitCodeHelp)
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.out(text),
      writeErr: (text) => output.err(text),
      outputError: (text, write) => write(text.replace(/\n(?=\(Did)/, ' ')),
    });
  for (const { name, summary, register } of commands) {
    const sub = program.command(name).summary(summary).description(summary).exitOverride();
    sub.addHelpText('after', exitCodeHelp);
    register(sub, run);
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    output.progress.clear();
    return explain(error, output);
  }
}

/** One line to standard error, and the exit code that fits. */
function explain(error: unknown, output: Output): ExitCode {
  if (error instanceof CommanderError) {
    const harmless = error.code === 'commander.helpDisplayed' || error.code === 'commander.version';
    return harmless ? exitCode.pass : exitCode.badInput;
  }
  if (error instanceof Refusal) {
    output.err(`error: ${error.message}\n`);
    return exitCode.badInput;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  output.err(`internal error, please report it with the command that caused it: ${detail.slice(0, 4000)}\n`);
  return exitCode.internal;
}

/** A reader that has seen enough (`| head`) is no fault; a full disk is one the user can mend. */
function endOnWriteError(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(
      `error: cannot write the output: ${error.code ?? error.message}. Free space or redirect it elsewhere.\n`,
    );
    process.exit(exitCode.badInput);
  });
}

function terminal(): Output {
  endOnWriteError(process.stdout);
  const { colour, columns } = terminalStyle(process.stdout, process.env);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    colour,
    columns,
    progress: createProgress({ stream: process.stderr, environment: process.env }),
  };
}
