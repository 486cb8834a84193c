/** README.md of a bundle: what it is, what it costs, and six steps to a running kernel. */
import type { Estimate } from '../../../common/estimate.ts';
import type { BundleInput, Predictions } from '../bundle-input.ts';
import type { KernelManifest } from '../../../kernel/manifest.ts';
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
      `# ${manifest.name} for ${runtime.titleOf?.(input) ?? runtime.title}${where}`,
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
  const rows = [
    `Copy this folder into your tree: \`add_subdirectory\` (CMake), a module in west.yml (Zephyr), a folder under lib/ (PlatformIO) or libraries/ (Arduino).${dependency ? ` Get ${dependency.name} at ${dependency.revision} from ${dependency.url} and set \`ESCAPEMENT_RUNTIME_DIR\`.${(dependency.languages ?? []).includes('ASM') ? ' Its sources need `project(... C ASM)`.' : ''}` : ' Nothing else is needed.'}`,
    '`#include "escapement/kernel.h"` and call `escapement_open()` once. Every function gives a value of `escapement_status` below zero when something is wrong; no order of calls is dangerous.',
    `Run \`escapement_selftest()\` (\`escapement/selftest.h\`) once on the device. 0: it computes what was simulated. On this machine: \`cmake -S . -B build -DESCAPEMENT_SELFTEST=ON${dependency ? ' -DESCAPEMENT_RUNTIME_DIR=...' : ''} && cmake --build build && build/escapement_selftest\`.`,
    feed(manifest),
    `When that gives \`ESCAPEMENT_WINDOW_READY\` (every ${manifest.hopSeconds} s), call \`escapement_infer()\`: ${answer(manifest)}.`,
    forgetting(manifest),
  ];
  return rows.map((row, i) => `${i + 1}. ${row}`).join('\n');
}

function feed(manifest: KernelManifest): string {
  const ways: string[] = [];
  if (hasFunction(manifest, 'push')) {
    const units = manifest.channels.map((c) => `${cIdentifier(c.name)}: ${c.lsb} ${c.unit}`).join('; ');
    ways.push(
      `At ${manifest.rateHz} Hz fill an \`escapement_frame\` with raw counts (${units}) and call \`escapement_push(&frame)\`.`,
    );
  }
  if (hasFunction(manifest, 'sample')) {
    const numbers = sensors(manifest)
      .map((s, i) => `${i} ${s.name}`)
      .join(', ');
    ways.push(
      `${ways.length > 0 ? 'Where samples come at times of their own, call' : 'Call'} \`escapement_sample(sensor, time_us, counts)\` for each (${numbers})${ways.length > 0 ? ' instead' : ''}, in the order in which they come.`,
    );
  }
  return ways.length > 0 ? ways.join(' ') : 'Set the model input with `escapement_input(cells)`.';
}

const answer = ({ decision }: KernelManifest): string =>
  decision.kind === 'argmax'
    ? `the class, 0 to ${decision.classes - 1}`
    : `1 for the ${decision.kind === 'score' ? 'person the model was trained for' : 'enrolled person'}, 0 for another`;

function forgetting(manifest: KernelManifest): string {
  const { io } = manifest;
  return [
    ...(hasFunction(manifest, 'enrol')
      ? [
          `To enrol, call \`escapement_enrol()\` after an inference, for a few windows of the owner. \`escapement_save\` and \`escapement_load\` (\`escapement/store.h\`) keep the ${templateBytes(manifest)} bytes over a power cut.`,
        ]
      : []),
    ...(io.key
      ? ['Templates are protected: call `escapement_set_key()` after opening and after every reset.']
      : []),
    ...(io.suspended ? ['After a rejection `escapement_resume()` lets decisions go on.'] : []),
    ...(io.retrain ? ['Ask `escapement_retrain()` now and then: 1 wants the model trained again.'] : []),
    '`escapement_reset()` forgets everything, at the end of a session for example.',
  ].join(' ');
}

function ramTable({ runtime }: BundleSources): string {
  const total = runtime.ram.reduce((sum, r) => sum + r.bytes, 0);
  const { constantsInFlash, constantsInRam } = runtime.ramBytes;
  return [
    '| use | bytes |',
    '| --- | ---: |',
    ...runtime.ram.map(({ name, bytes }) => `| ${name} | ${bytes} |`),
    `| total, without the call stack | ${total} |`,
    '',
    constantsInFlash === null
      ? `Constants take RAM here (${constantsInRam} bytes in all): this runtime has no way to read them from flash. A bundle for wasm2c does.`
      : `With constants in flash ${constantsInFlash} bytes, with constants copied into RAM ${constantsInRam} bytes.`,
  ].join('\n');
}

function predicted(p: Predictions): string {
  const row = (name: string, { value, low, high }: Estimate, unit: string) =>
    `| ${name} | ${`${round(value)} ${unit}`.trim()} | ${round(low)} to ${round(high)} |`;
  return [
    `Cycle-approximate figures of the simulation on ${p.board} under ${p.runtime}${p.checkedShare === undefined ? '' : `, with a bounds check at ${(100 * p.checkedShare).toFixed(1)} % of the executed accesses`}; measure before you rely on them.`,
    '',
    '| figure | value | band |',
    '| --- | ---: | ---: |',
    row('latency, last sample to decision', p.latencyMs, 'ms'),
    row('cycles of an inference', p.cycles, ''),
    row('flash: code, constants, runtime', p.flashBytes, 'bytes'),
    p.stackBytes
      ? row('deepest call stack', p.stackBytes, 'bytes')
      : '| deepest call stack | not predicted for this runtime | |',
    row('average power', p.averageMw, 'mW'),
    row('average current from the battery', p.averageMa, 'mA'),
    row('charge of a day', p.chargePerDayMah, 'mAh'),
    row('charge of one inference', p.chargePerDecisionUah, 'uAh'),
    row('battery', p.batteryHours, 'h'),
  ].join('\n');
}

const round = (x: number): string =>
  Math.abs(x) >= 100 ? String(Math.round(x)) : String(Number(x.toPrecision(3)));
