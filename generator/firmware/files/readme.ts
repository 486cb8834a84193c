/** README.md of a bundle: what it is, what it costs, and six steps to a running kernel. */
import type { Estimate } from '../../../common/estimate.ts';
import type { BundleInput } from '../bundle-input.ts';
import { cIdentifier } from '../c-text.ts';
import { hasFunction, sensors } from '../kernel-features.ts';
import type { BundleSources } from '../sources.ts';
import type { RuntimeExport } from '../runtimes/firmware-runtime.ts';
import { templateBytes } from './kernel-header.ts';

export function readme(input: BundleInput, runtime: RuntimeExport, sources: BundleSources): string {
  const { manifest, board, vectors } = input;
  const where = board ? ` on ${board.name}` : '';
  return (
    [
      `# ${manifest.name} for ${runtime.title}${where}`,
      `An authentication kernel: raw samples of ${manifest.channels.map((c) => c.name).join(', ') || 'features'} in, a decision out. Made by ${manifest.generator} from the module whose SHA-256 is \`${manifest.wasmSha256}\`; the same inputs give the same files.`,
      '## Six steps',
      steps(input, sources),
      '## RAM',
      ramTable(sources),
      ...(input.predictions ? ['## Predicted', predicted(input.predictions)] : []),
      '## Notes',
      [...sources.runtime.notes, ...(input.predictions?.notes ?? [])].map((n) => `- ${n}`).join('\n'),
      '## Self-test',
      `\`escapement_selftest()\` feeds ${vectors.windows.length} windows (${vectors.source}) and compares every decision and every output bit for bit with what V8 computed from the same bytes. It resets the kernel before and after.`,
      '## Files',
      '`manifest.json` lists every file with its SHA-256. `kernel.wasm` is the module as it was simulated, `kernel.json` describes its memory and formats, LICENSES.md says what comes from where.',
    ].join('\n\n') + '\n'
  );
}

function steps({ manifest }: BundleInput, { runtime }: BundleSources): string {
  const { dependency } = runtime;
  const feed = hasFunction(manifest, 'push')
    ? `At ${manifest.rateHz} Hz fill an \`escapement_frame\` with raw counts (${manifest.channels.map((c) => `${cIdentifier(c.name)}: ${c.lsb} ${c.unit}`).join('; ')}) and call \`escapement_push(&frame)\`.`
    : hasFunction(manifest, 'sample')
      ? `Call \`escapement_sample(sensor, time_us, counts)\` for each sample (${sensors(manifest)
          .map((s, i) => `${i} ${s.name}`)
          .join(', ')}), in the order in which they come.`
      : 'Set the model input with `escapement_input(cells)`.';
  const decide =
    manifest.decision.kind === 'argmax'
      ? `the class, 0 to ${manifest.decision.classes - 1}`
      : '1 for the enrolled person, 0 for another';
  const rows = [
    `Copy this folder into your tree: \`add_subdirectory\` (CMake), a module in west.yml (Zephyr), a folder under lib/ (PlatformIO) or libraries/ (Arduino).${dependency ? ` Get ${dependency.name} at ${dependency.revision} from ${dependency.url} and set \`ESCAPEMENT_RUNTIME_DIR\`.` : ' Nothing else is needed.'}`,
    '`#include "escapement/kernel.h"` and call `escapement_open()` once. Every function gives a value of `escapement_status` below zero when something is wrong; no order of calls is dangerous.',
    'Run `escapement_selftest()` (`escapement/selftest.h`) once on the device. 0: it computes what was simulated.',
    feed,
    `When that gives \`ESCAPEMENT_WINDOW_READY\` (every ${manifest.hopSeconds} s), call \`escapement_infer()\`: ${decide}.`,
    hasFunction(manifest, 'enrol')
      ? `To enrol, call \`escapement_enrol()\` after an inference, for a few windows of the owner. \`escapement_save\` and \`escapement_load\` (\`escapement/store.h\`) keep the ${templateBytes(manifest)} bytes over a power cut; \`escapement_reset()\` forgets everything.`
      : '`escapement_reset()` forgets everything, at the end of a session for example.',
  ];
  return rows.map((row, i) => `${i + 1}. ${row}`).join('\n');
}

function ramTable({ runtime }: BundleSources): string {
  const total = runtime.ram.reduce((sum, r) => sum + r.bytes, 0);
  return [
    '| use | bytes |',
    '| --- | ---: |',
    ...runtime.ram.map(({ name, bytes }) => `| ${name} | ${bytes} |`),
    `| total, without the call stack | ${total} |`,
  ].join('\n');
}

function predicted(p: NonNullable<BundleInput['predictions']>): string {
  const row = (name: string, { value, low, high }: Estimate, unit: string) =>
    `| ${name} | ${round(value)} ${unit} | ${round(low)} to ${round(high)} |`;
  return [
    `Cycle-approximate figures of the simulation on ${p.board} under ${p.runtime}; measure before you rely on them.`,
    '',
    '| figure | value | band |',
    '| --- | ---: | ---: |',
    row('latency, last sample to decision', p.latencyMs, 'ms'),
    row('cycles of an inference', p.cycles, ''),
    row('average power', p.power.averageMw, 'mW'),
    row('battery', p.battery.hours, 'h'),
    `| flash | ${p.memory.flashBytes} bytes | |`,
    `| RAM | ${p.memory.ramBytes} bytes | |`,
  ].join('\n');
}

const round = (x: number): string =>
  Math.abs(x) >= 100 ? String(Math.round(x)) : String(Number(x.toPrecision(3)));
