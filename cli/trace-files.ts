/** Options that write a simulated stretch of time for tools that engineers have: Perfetto, waveform viewers, Power Profiler. */
import type { Command as Commander } from 'commander';
import type { Board } from '../boards/board.ts';
import { badTraceLength, tooManySamples } from '../common/refusals/output.ts';
import { toolName } from '../common/tool.ts';
import type { KernelManifest } from '../kernel/manifest.ts';
import { sampleWaveform, type MeterSamples } from '../report/ppk2/samples.ts';
import { ppk2File, ppkCsv } from '../report/ppk2/write.ts';
import { chromeTraceJson } from '../report/trace/chrome-trace.ts';
import { vcd } from '../report/vcd/vcd.ts';
import type { SimulationResult } from '../sim/result.ts';
import { loadSchedule } from '../sim/timeline/schedules/index.ts';
import { timelineSetupOf } from '../sim/timeline/setup-of.ts';
import { drawWaveform } from '../sim/timeline/waveform.ts';
import { sensorsRead } from './sensors-read.ts';

export interface TraceOptions {
  trace?: string;
  vcd?: string;
  ppk2?: string;
  ppkCsv?: string;
  traceSeconds?: number;
  ppkRate: number;
}

const longestSeconds = 86_400;
/** What the Power Profiler Kit II samples at. */
const meterHz = 100_000;
/** Six bytes each: a file of 300 MB before compression. */
const mostSamples = 50_000_000;

const within =
  (option: string, least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most))
      throw badTraceLength(option, text, `a number from ${least} to ${most}`);
    return value;
  };

export const traceOptions = (command: Commander): Commander =>
  command
    .option('--trace <file>', 'write a Chrome trace of the run, which opens in Perfetto (ui.perfetto.dev)')
    .option('--vcd <file>', 'write a value change dump for waveform viewers')
    .option('--ppk2 <file>', 'write the predicted current as a .ppk2 file of the Power Profiler app')
    .option('--ppk-csv <file>', 'write the predicted current as CSV of the Power Profiler app')
    .option(
      '--trace-seconds <s>',
      'simulated time in these files (default: one window and two hops)',
      within('--trace-seconds', 0.1, longestSeconds),
    )
    .option(
      '--ppk-rate <hz>',
      'samples a second of --ppk2 and --ppk-csv',
      within('--ppk-rate', 10, meterHz),
      meterHz,
    );

/** The files asked for by path; none when none is. Refuses a board without the pipeline's sensors (ESC410). */
export function traceFiles(
  options: TraceOptions,
  result: SimulationResult,
  board: Board,
  manifest: KernelManifest,
): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  if (!options.trace && !options.vcd && !options.ppk2 && !options.ppkCsv) return files;
  const durationSeconds = options.traceSeconds ?? result.windowSeconds + 2 * result.hopSeconds;
  const setup = timelineSetupOf(result, {
    board,
    pipelineSensors: sensorsRead(manifest),
    schedule: loadSchedule('continuous'),
    durationSeconds,
  });
  if (options.trace) files.set(options.trace, chromeTraceJson(result, drawWaveform(setup)));
  if (options.vcd) {
    const scope = `${result.kernel} on ${result.board} with ${result.runtime}`;
    files.set(options.vcd, vcd(drawWaveform(setup, { ripple: true }), scope, toolName));
  }
  if (options.ppk2 || options.ppkCsv) {
    if (durationSeconds * options.ppkRate > mostSamples)
      throw tooManySamples(durationSeconds, options.ppkRate);
    const waveform = drawWaveform(setup, { ripple: true });
    const samples: MeterSamples = sampleWaveform(waveform, board.battery.volts.value, options.ppkRate);
    if (options.ppk2) files.set(options.ppk2, ppk2File(samples));
    if (options.ppkCsv) files.set(options.ppkCsv, ppkCsv(samples));
  }
  return files;
}
