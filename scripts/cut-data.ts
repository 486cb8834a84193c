/**
 * Makes the data of the examples from the full models and recordings in ../shared:
 *
 *   node --import tsx scripts/cut-data.ts [folder of the full data]
 *
 * Equal input gives equal bytes. What is taken is fixed here and nowhere tuned: rows spread evenly over each person's
 * windows in time, and recordings of people spread evenly over the list of people.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { SafeTensor } from '../generator/data/safetensors.ts';
import { cutSmarteryou } from './cut-smarteryou.ts';
import { cutWaca, wacaSignal } from './cut-waca.ts';
import { cutTyping102 } from './cut-typing102.ts';
import {
  copyModel,
  integers,
  openTensors,
  pick,
  rowsOf,
  spread,
  unzipLines,
  upTo,
  watchRecording,
  writeTensors,
  writeText,
} from './cut-tools.ts';

const pulse = {
  rates: ['20hz', '25hz', '64hz'],
  people: 20,
  testWindowsEach: 20,
  calibrationWindows: 60,
  recordings: 5,
  recordingSeconds: 60,
  /** Recordings begin this long before the first test window, so that the filters have settled by then. */
  leadSeconds: 8,
  source: 'stress_predict_e4: Iqbal and others (2022), doi:10.3390/s22218135, MIT License',
};

const deepauth = {
  variants: ['rnn64', 'rnn128', 'sub128'],
  users: [11, 12, 13, 14, 15, 16],
  enrolWindowsEach: 30,
  calibrationWindows: 35,
  recordings: 4,
  /** The first execution that is not used for enrolment. */
  execution: '07',
  source:
    'sp_sw_har: Matey-Sanz and others (2023), doi:10.5281/zenodo.8398688, CC BY 4.0, shortened and resampled',
};

/** Writes models, windows and recordings of the examples below `examples`. */
export function cutExamples(shared: string, examples: string): void {
  cutPulse(shared, join(examples, 'pulse'));
  cutDeepauth(shared, join(examples, 'deepauth'));
  cutTyping102(shared, join(examples, 'typing102'));
  cutSmarteryou(shared, join(examples, 'smarteryou'));
  cutWaca(shared, join(examples, 'waca'), wacaSignal());
}

function cutPulse(shared: string, example: string): void {
  for (const rate of pulse.rates) {
    const from = join(shared, 'models', 'pulse-wrist', rate);
    const to = join(example, rate);
    const tensor = openTensors(join(from, 'windows.safetensors'));
    const labels = tensor('y').data;
    const rows = upTo(pulse.people).flatMap((person) =>
      spread(rowsOf(labels, person), pulse.testWindowsEach),
    );
    const calibration = tensor('x_calibration');
    copyModel(from, to);
    writeTensors(
      to,
      {
        x: pick(tensor('x'), rows),
        y: pick(tensor('y'), rows),
        logits: pick(tensor('logits'), rows),
        source_row: integers(rows),
        enrol: integers(rows.map((_, i) => (i % pulse.testWindowsEach < pulse.testWindowsEach / 2 ? 1 : 0))),
        x_calibration: pick(calibration, spread(upTo(calibration.shape[0]), pulse.calibrationWindows)),
      },
      {
        x: 'filtered and z-scored test windows (window, time, channel)',
        y: 'class: person minus 1',
        logits: 'float32 PyTorch output',
        source_row: 'row of the window in the full set of test windows',
        enrol: 'for verification: 1 for the earlier half of each person, 0 for the later one',
        x_calibration: 'training windows',
        source: pulse.source,
      },
    );
  }
  for (const person of spread(upTo(pulse.people), pulse.recordings)) {
    const name = `S${String(person + 1).padStart(2, '0')}`;
    writeText(join(example, 'recordings'), `${name.toLowerCase()}.csv`, pulseRecording(shared, name));
  }
  const licence = readFileSync(join(shared, 'data/stress_predict_e4/LICENSE.txt'), 'utf8');
  writeText(example, 'LICENSE-stress-predict.txt', licence);
}

/** Raw pulse around the first test windows; time_s counts from the start of the person's session. */
function pulseRecording(shared: string, name: string): string {
  const lines = unzipLines(join(shared, `data/stress_predict_e4/${name}_BVP.csv.gz`));
  const rateHz = Number(lines[1]);
  const values = lines.slice(2);
  // The test part begins 30 s after three quarters of the session.
  const startS = Math.floor((0.75 * values.length) / rateHz) + 30 - pulse.leadSeconds;
  const rows = values
    .slice(startS * rateHz, (startS + pulse.recordingSeconds) * rateHz)
    .map((value, i) => `${(startS + i / rateHz).toFixed(6)},${value.trim()}`);
  return `${['time_s,bvp', ...rows].join('\n')}\n`;
}

function cutDeepauth(shared: string, example: string): void {
  const folder = (variant: string) => join(shared, 'models', 'deepauth', variant);
  const opened = deepauth.variants.map((variant) =>
    openTensors(join(folder(variant), 'windows.safetensors')),
  );
  for (const name of ['x_calibration', 'x_enrol', 'user_enrol', 'x_test', 'user_test'])
    for (const tensor of opened)
      if (
        Buffer.compare(Buffer.from(tensor(name).data.buffer), Buffer.from(opened[0](name).data.buffer)) !== 0
      )
        throw new Error(`${name} differs between the variants`);

  const [tensor] = opened;
  const enrolUsers = tensor('user_enrol').data;
  const enrolRows = deepauth.users.flatMap((user) =>
    spread(rowsOf(enrolUsers, user), deepauth.enrolWindowsEach),
  );
  const calibration = tensor('x_calibration');
  const tensors: Record<string, SafeTensor> = {
    x_calibration: pick(calibration, spread(upTo(calibration.shape[0]), deepauth.calibrationWindows)),
    x_enrol: pick(tensor('x_enrol'), enrolRows),
    user_enrol: pick(tensor('user_enrol'), enrolRows),
    source_row_enrol: integers(enrolRows),
    x_test: tensor('x_test'),
    user_test: tensor('user_test'),
  };
  deepauth.variants.forEach((variant, v) => {
    copyModel(folder(variant), join(example, variant));
    tensors[`feature_enrol_${variant}`] = pick(opened[v]('feature_enrol'), enrolRows);
    tensors[`feature_test_${variant}`] = opened[v]('feature_test');
  });
  writeTensors(example, tensors, {
    x: 'windows (window, time, channel), accelerometer / 9.80665 and gyroscope / 2.0',
    feature: 'float32 PyTorch bottleneck output of each variant',
    source_row_enrol: 'row of the window in the full set of enrolment windows',
    source: deepauth.source,
  });
  for (const user of spread(deepauth.users, deepauth.recordings)) {
    const name = `s${user}`;
    writeText(join(example, 'recordings'), `${name}.csv`, watchRecording(shared, name, deepauth.execution));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  cutExamples(process.argv[2] ?? join(root, '..', 'shared'), join(root, 'examples'));
}
