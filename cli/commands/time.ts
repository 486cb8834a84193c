import { band } from '../../boards/band.ts';
import type { Board } from '../../boards/board.ts';
import { loadBoard } from '../../boards/load.ts';
import { divide, scale, sum, times, type Estimate } from '../../common/estimate.ts';
import { findRuntime, isRewritten } from '../../sim/runtimes/index.ts';
import { callMisses, timeModule, type ModuleCall } from '../../sim/time-module.ts';
import { cacheGeometries, eachEnd, stallCycles } from '../../sim/timing/data-stalls.ts';
import type { PlacedAccesses } from '../../sim/wasm/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { kernelSource } from '../kernel-source.ts';
import { placedAccesses, proofNote, provedAccesses } from '../placed-accesses.ts';
import { boardOption, jsonOption, parseNames, runtimeOption, wholeOption } from '../options.ts';
import { readInput } from '../read-input.ts';
import { printJson } from '../print-json.ts';
import type { TimeResult } from '../results/time.ts';
import { timeText } from '../text/time-text.ts';

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
        const { manifest, ...source } = await kernelSource(path, wasm);
        let proof: PlacedAccesses | undefined;
        const prove = (): PlacedAccesses =>
          (proof = manifest ? placedAccesses(wasm, manifest) : provedAccesses(wasm));
        const proved = isRewritten(findRuntime(runtime)) ? { prove } : {};
        const timing = timeModule(wasm, { ...call, ...source, ...proved });
        if (proof) timing.notes.push(proofNote(proof, manifest !== undefined));
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
        const result: TimeResult = {
          board: board.id,
          runtime,
          entry: options.entry,
          latencyMs,
          ...(stalls ? { dataStallCycles: stalls } : {}),
          ...timing,
        };
        if (options.json) printJson(output, result);
        else output.out(timeText(result, board.cpu.core, source.text));
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
