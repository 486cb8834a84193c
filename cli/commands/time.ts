import { readFileSync } from 'node:fs';
import { band } from '../../boards/band.ts';
import { loadBoard } from '../../boards/load.ts';
import { divide, scale, times } from '../../common/estimate.ts';
import { cliRefusals } from '../../common/refusals/index.ts';
import { count, countBand, durationBand, share } from '../../report/text/quantity.ts';
import { table } from '../../report/text/table.ts';
import { findRuntime } from '../../sim/runtimes/index.ts';
import { timeModule, type ModuleTiming } from '../../sim/time-module.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { boardOption, jsonOption, parseNames, runtimeOption } from '../options.ts';
import { printJson } from '../print-json.ts';

interface Options {
  entry: string;
  args: number[];
  board: string;
  runtime: string;
  json?: boolean;
}

export const time: Command = {
  name: 'time',
  summary: 'time one call of any import-free WebAssembly module, with a profile by function and loop',
  register(command, run) {
    command.argument('<module>', 'WebAssembly binary');
    command.requiredOption('-e, --entry <name>', 'exported function to call');
    command.option('-a, --args <list>', 'arguments of the call, e.g. 100 or 3,-1', parseArguments, []);
    for (const add of [boardOption, runtimeOption, jsonOption]) add(command);
    command.action(
      run((output, path: string, options: Options) => {
        const board = loadBoard(options.board);
        const runtime = findRuntime(options.runtime).id;
        const timing = timeModule(readModule(path), { ...options, core: board.cpu.core, runtime });
        const { clock, flashSlowdown } = board.cpu;
        const stalled = flashSlowdown ? times(timing.cycles, band(flashSlowdown)) : timing.cycles;
        const latencyMs = scale(divide(stalled, band(clock.usedMhz)), 1e-3);
        const result = {
          board: board.id,
          runtime,
          entry: options.entry,
          args: options.args,
          latencyMs,
          ...timing,
        };
        if (options.json) printJson(output, result);
        else output.out(`${lines(result, board.cpu.core).join('\n')}\n`);
        return exitCode.pass;
      }),
    );
  },
};

function lines(
  t: ModuleTiming & { board: string; runtime: string; latencyMs: ModuleTiming['cycles'] },
  core: string,
): string[] {
  const right = (header: string) => ({ header, align: 'right' as const });
  return [
    `${countBand(t.cycles)} cycles, ${durationBand(t.latencyMs)} on ${t.board} (${core}) under ${t.runtime}; ${count(t.wasmOps)} wasm operators; result ${t.result ?? 'none'}`,
    '',
    ...table(
      [{ header: 'function' }, right('calls'), right('cycles'), right('share'), right('wasm ops')],
      t.functions.map((f) => [
        f.name,
        count(f.calls),
        count(f.cycles.value),
        share(f.cycles.value, t.cycles.value),
        count(f.wasmOps),
      ]),
    ),
    '',
    ...table(
      [
        { header: 'loop in' },
        right('at byte'),
        right('depth'),
        right('iterations'),
        right('own wasm ops'),
        right('share'),
      ],
      t.loops.map((l) => [
        l.function,
        String(l.offset),
        String(l.depth),
        count(l.iterations),
        count(l.wasmOps),
        share(l.wasmOps, t.wasmOps),
      ]),
    ),
    '',
    'Cycles are those of code that runs without wait states; the latency includes those of flash, and the range of the clock.',
    ...t.notes,
  ];
}

function readModule(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw cliRefusals.cannotRead(path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

function parseArguments(text: string): number[] {
  return parseNames('--args')(text).map((word) => {
    const value = Number(word);
    if (!Number.isFinite(value)) throw cliRefusals.badArgument(word);
    return value;
  });
}
