import type { Estimate } from '../../common/estimate.ts';
import { printable } from '../../report/text/printable.ts';
import { bytes, count, countBand, durationBand, hoursBand } from '../../report/text/quantity.ts';
import { withBand } from '../../report/text/number.ts';
import { table } from '../../report/text/table.ts';
import type { ExportResult } from '../commands/export/export-result.ts';

/** What was written, what it is predicted to cost, and what to do next. */
export function exportText({ folder, manifest }: ExportResult, pipeline: string): string {
  const { kernel, runtime, board, memory, predictions, selfTest, files, dependency } = manifest;
  const ram = memory.ram.reduce((total, use) => total + use.bytes, 0);
  const { constantsInFlash, constantsInRam } = memory.ramBytes;
  const ways =
    constantsInFlash === null
      ? 'constants included: this runtime copies them'
      : `constants in flash; ${bytes(constantsInRam)} if they were copied`;
  const kb = (e: Estimate) =>
    withBand({ value: e.value / 1024, low: e.low / 1024, high: e.high / 1024 }, 'KiB');
  const rows: string[][] = predictions
    ? [
        ['latency, last sample to decision', durationBand(predictions.latencyMs)],
        ['cycles of an inference', countBand(predictions.cycles)],
        ['flash', kb(predictions.flashBytes)],
        ['RAM, static', `${bytes(ram)} (${ways})`],
        [
          'deepest call stack',
          predictions.stackBytes ? withBand(predictions.stackBytes, 'B') : 'not predicted for this runtime',
        ],
        ['average current from the battery', withBand(predictions.averageMa, 'mA')],
        ['charge of one inference', withBand(predictions.chargePerDecisionUah, 'uAh')],
        ['battery', hoursBand(predictions.batteryHours)],
      ]
    : [];
  return `${[
    printable(`${kernel.name} for ${runtime.title}${board ? ` on ${board.id}` : ''}`),
    `wrote ${count(Object.keys(files).length + 1)} files to ${printable(folder)}`,
    `kernel.wasm as simulated, sha256 ${kernel.wasmSha256}`,
    `self-test of ${selfTest.windows} windows (${printable(selfTest.source)})`,
    ...(dependency ? [`needs ${dependency.name} ${dependency.revision}, ${dependency.url}`] : []),
    '',
    ...table([{ header: 'predicted, cycle-approximate' }, { header: '' }], rows),
    '',
    `next: the six steps in ${printable(folder)}/README.md` +
      (runtime.id === 'wasm2c'
        ? `; proof on an emulated core: escapement selftest ${printable(pipeline)} --target m4`
        : ''),
  ].join('\n')}\n`;
}
