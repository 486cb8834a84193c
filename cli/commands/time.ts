import { band } from '../../boards/band.ts';
import type { Board } from '../../boards/board.ts';
import { loadBoard } from '../../boards/load.ts';
import { divide, scale, sum, times, type Estimate } from '../../common/estimate.ts';
import type { SourcePosition } from '../../common/source-map.ts';
import { count, countBand, durationBand, share } from '../../report/text/quantity.ts';
import { table } from '../../report/text/table.ts';
import { findRuntime } from '../../sim/runtimes/index.ts';
import { callMisses, timeModule, type ModuleCall, type ModuleTiming } from '../../sim/time-module.ts';
import { cacheGeometries, eachEnd, stallCycles } from '../../sim/timing/data-stalls.ts';
import { unboundedPlace } from '../../sim/worst-case/worst-latency.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { kernelSource } from '../kernel-source.ts';
import { boardOption, jsonOption, parseNames, runtimeOption, wholeOption } from '../options.ts';
import { readInput } from '../read-input.ts';
import { printJson } from '../print-json.ts';

interface Options {
  entry: string;
  args: string[];
  fuel: number;
  loopBound: string[];
  board: string;
  runtime: string;
  json?: boolean;
}

export const time: Command = {
  name: 'time',
  summary:
    'time one call of any import-free WebAssembly module, with a profile by function and loop, and by layer and source line for our own kernels',
  register(command, run) {
    command.argument('<module>', 'WebAssembly binary');
    command.requiredOption('-e, --entry <name>', 'exported function to call');
    command.option(
      '-a, --args <list>',
      'arguments of the call, e.g. 100 or 3,-1 or 0x7f,2.5',
      parseNames('--args'),
      [],
    );
    command.option(
      '--fuel <count>',
      'loop iterations and function calls after which the call is stopped',
      wholeOption('--fuel', 1, Number.MAX_SAFE_INTEGER),
      1e9,
    );
    command.option(
      '--loop-bound <function:loop=turns>',
      'most turns of a loop each time that it is entered, for the worst case; may be given again',
      (text: string, before: string[]) => [...before, text],
      [],
    );
    for (const add of [boardOption, runtimeOption, jsonOption]) add(command);
    command.action(
      run(async (output, path: string, options: Options) => {
        const board = loadBoard(options.board);
        const runtime = findRuntime(options.runtime).id;
        const wasm = readInput(path);
        const call = { ...options, loopBounds: options.loopBound, core: board.cpu.core, runtime };
        const source = await kernelSource(path, wasm);
        const timing = timeModule(wasm, { ...call, ...source });
        const { clock, flashSlowdown } = board.cpu;
        const stalls = stallsOf(wasm, call, board);
        if (!stalls && cacheGeometries(board))
          timing.notes.push(
            'No waiting for data is counted: the module exports no memory of a fixed size, so its addresses cannot be followed.',
          );
        const waited = stalls ? sum([timing.cycles, stalls]) : timing.cycles;
        const stalled = flashSlowdown ? times(waited, band(flashSlowdown)) : waited;
        const latencyMs = scale(divide(stalled, band(clock.usedMhz)), 1e-3);
        if (source.note) timing.notes.push(source.note);
        const result = {
          board: board.id,
          runtime,
          entry: options.entry,
          latencyMs,
          ...(stalls ? { dataStallCycles: stalls } : {}),
          ...timing,
        };
        if (options.json) printJson(output, result);
        else output.out(`${lines(result, board.cpu.core, source.text).join('\n')}\n`);
        return exitCode.pass;
      }),
    );
  },
};

/** What the call waits for data, from cold caches; null on a board without caches. */
function stallsOf(wasm: Uint8Array, call: ModuleCall, board: Board): Estimate | null {
  const geometries = cacheGeometries(board);
  if (!geometries) return null;
  const { low, value, high } = eachEnd((end) => callMisses(wasm, call, geometries[end]));
  return low && value && high ? stallCycles({ low, value, high }, board) : null;
}

function worstCaseText(worst: ModuleTiming['worstCase']): string {
  if (worst.kind === 'constant')
    return 'constant: no branch rests on data, so the call always executes the same';
  if (worst.kind === 'bounded')
    return `whatever the data: at most ${countBand(worst.cycles)} cycles, ${count(worst.wasmOps)} wasm operators`;
  const place = unboundedPlace(worst);
  if (worst.loop < 0) return `no worst case: ${place}`;
  return `no worst case: ${place}; if you know how often it turns at most, say --loop-bound ${worst.function}:${worst.loop}=<turns>`;
}

/** Longest tables that a person reads. */
const rows = 12;

function lines(
  t: ModuleTiming & {
    board: string;
    runtime: string;
    latencyMs: ModuleTiming['cycles'];
    dataStallCycles?: Estimate;
  },
  core: string,
  text?: readonly string[],
): string[] {
  const place = (p?: SourcePosition) => (p ? `${p.file}:${p.line}` : '');
  const textOf = ({ file, line }: SourcePosition) =>
    file === 'kernel.ts' ? (text?.[line - 1]?.trim().slice(0, 60) ?? '') : '';
  const right = (header: string) => ({ header, align: 'right' as const });
  return [
    `${countBand(t.cycles)} cycles, ${durationBand(t.latencyMs)} on ${t.board} (${core}) under ${t.runtime}; ${count(t.wasmOps)} wasm operators; result ${t.result ?? 'none'}`,
    worstCaseText(t.worstCase),
    ...(t.layers
      ? [
          '',
          ...table(
            [{ header: 'layer' }, right('cycles'), right('share'), right('wasm ops')],
            t.layers.map((l) => [
              l.title,
              count(l.cycles.value),
              share(l.cycles.value, t.cycles.value),
              count(l.wasmOps),
            ]),
          ),
        ]
      : []),
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
        ...(t.lines ? [{ header: 'hottest line' }] : []),
      ],
      t.loops
        .slice(0, rows)
        .map((l) => [
          l.function,
          String(l.offset),
          String(l.depth),
          count(l.iterations),
          count(l.wasmOps),
          share(l.cycles, t.cycles.value),
          ...(t.lines ? [place(l.source)] : []),
        ]),
    ),
    ...(t.loops.length > rows ? [`and ${t.loops.length - rows} more loops (--json has all)`] : []),
    ...(t.lines
      ? [
          '',
          ...table(
            [{ header: 'line' }, right('cycles'), right('share'), { header: 'source' }],
            t.lines
              .slice(0, rows)
              .map((l) => [place(l), count(l.cycles), share(l.cycles, t.cycles.value), textOf(l)]),
          ),
        ]
      : []),
    '',
    'Cycles are those of code that runs without wait states; the latency includes those of flash, and the range of the clock.',
    ...(t.dataStallCycles
      ? [
          `The latency includes ${countBand(t.dataStallCycles)} cycles of waiting for data, from cold caches, in the first call.`,
        ]
      : []),
    ...t.notes,
  ];
}
