/** docs/systems.md, and the same table for the terminal. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import prettier from 'prettier';
import { significant, withBand } from '../../report/text/number.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { lockedWithin } from '../../sim/policy/takeover.ts';
import { RUNTIME, type PolicyRow, type SystemReport, type SystemRow } from './evaluate.ts';

const percent = (share: number, digits = 2): string => (100 * share).toFixed(digits);
const kib = (bytes: number): string => `${significant(bytes / 1024)} KiB`;
const cells = (values: readonly string[]): string => `| ${values.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  cells(head),
  cells(head.map(() => '---')),
  ...rows.map(cells),
];

/** Limits of issue and page alike: decisions that agree, points that the EER may move. */
export const LEAST_AGREEMENT = 0.99;
export const MOST_EER_POINTS = 0.5;

export const accuracyHead = [
  'system',
  'model',
  'Hz',
  'decisions',
  'agree',
  'accuracy float',
  'fixed',
  'FAR fixed',
  'FRR fixed',
  'EER float',
  'fixed',
  'parity',
];

export function accuracyRow(system: string, { model, rateHz, verified: v }: SystemRow): string[] {
  const moved = 100 * Math.abs(v.fixed.eer - v.float.eer);
  return [
    system,
    model,
    String(rateHz),
    String(v.trials),
    percent(v.agreement),
    percent(v.float.accuracy),
    percent(v.fixed.accuracy),
    percent(v.fixed.far),
    percent(v.fixed.frr),
    percent(v.float.eer),
    percent(v.fixed.eer),
    v.agreement >= LEAST_AGREEMENT && moved <= MOST_EER_POINTS ? 'holds' : 'missed',
  ];
}

export const costHead = [
  'system',
  'model',
  'board',
  'latency ms',
  'average mW',
  'battery h',
  'flash',
  'RAM',
  'verdict',
];

export const costRow = (system: string, model: string, r: SimulationResult): string[] => [
  system,
  model,
  r.board,
  withBand(r.latencyMs),
  withBand(r.power.averageMw),
  withBand(r.battery.hours),
  kib(r.memory.flashBytes),
  kib(r.memory.ramBytes),
  r.verdict,
];

const precisionHead = [
  'system',
  'model',
  'windows',
  'values',
  'median error',
  '99 % of values within',
  'beyond 1e-3',
];
const precisionRow = (system: string, { model, precision: p }: SystemRow): string[] => [
  system,
  model,
  String(p.windows),
  String(p.values),
  p.median.toExponential(1),
  p.most.toExponential(1),
  p.beyond > 0 ? `${p.beyond}: ${p.beyondKinds.join(', ')}` : '0',
];

const policyHead = [
  'system',
  'model',
  'locks after',
  'decides each',
  'takeovers',
  'within 6 s',
  'within 18 s',
  'not locked before the recording ended',
  'requests for training',
];

const policyRow = (system: string, { model, policy, takeovers: t }: PolicyRow): string[] => [
  system,
  model,
  `${policy.lock.rejections} rejections of ${policy.lock.of}`,
  `${policy.decideEverySeconds} s`,
  String(t.count),
  `${percent(lockedWithin(t, 6), 1)} %`,
  `${percent(lockedWithin(t, 18), 1)} %`,
  String(t.lockedAfterS.filter((s) => s === Infinity).length),
  String(t.retrainRequests),
];

/** Lines of one system in the tables, to be looked for in the page by a test. */
export const linesOf = (report: SystemReport): string[] => [
  ...report.policy.map((row) => cells(policyRow(report.published.system, row))),
  ...report.rows.flatMap((row) => [
    cells(accuracyRow(report.published.system, row)),
    cells(precisionRow(report.published.system, row)),
    ...row.results.map((result) => cells(costRow(report.published.system, row.model, result))),
  ]),
];

/** Changes where a file of an example or of a board does. */
export function inputsDigest(): string {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const hash = createHash('sha256');
  const paths = ['examples', 'boards'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(json|onnx|safetensors|csv)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const path of paths.sort()) {
    hash.update(path.slice(root.length));
    // Layout of a JSON file is no input.
    hash.update(path.endsWith('.json') ? JSON.stringify(readJson(path)) : readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}

function readJson(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // a board file with comments
  }
}

export async function systemsPage(reports: readonly SystemReport[]): Promise<string> {
  const systems = reports.flatMap((report) =>
    report.rows.map((row) => ({ system: report.published.system, row })),
  );
  const text = [
    '# The five published systems',
    '',
    `Made by \`npm run systems\` from the shipped examples; a test fails when it is out of date. Inputs: ${inputsDigest()}.`,
    '',
    'Published figures stand beside these for orientation: the data behind them is not public, and the last section says what stands in for it.',
    '',
    ...table(
      ['system', 'paper', 'published'],
      reports.map(({ published: p }) => [
        `[${p.system}](../examples/${p.system}/README.md)`,
        p.paper,
        p.figures,
      ]),
    ),
    '',
    '## Accuracy: float and fixed',
    '',
    'Per cent, on the labelled windows of each example. "float" is the model of the original framework (for waca, distances in float64), "fixed" the kernel, bit for bit what a wrist computes. ' +
      `Parity holds when at least ${100 * LEAST_AGREEMENT} % of the decisions agree and the EER moves by at most ${MOST_EER_POINTS} points.`,
    '',
    ...table(
      accuracyHead,
      systems.map(({ system, row }) => accuracyRow(system, row)),
    ),
    '',
    '## From raw recordings to the model’s input',
    '',
    'The shipped recordings run through the kernel as raw counts, and through the float meaning of the steps as they are. Errors are shares of the range that a value has in these recordings. ' +
      'An input of 16 bits has 1.5e-5 of its format’s range to a step. Features of a histogram or of local maxima (entropy, mode, peakDifference) jump where samples tie or lie on the edge of a bin. The tests in `test/systems/` go through all raw recordings where those are at hand.',
    '',
    ...table(
      precisionHead,
      systems.map(({ system, row }) => precisionRow(system, row)),
    ),
    '',
    '## Latency, power and memory on each board',
    '',
    `Runtime ${RUNTIME}; cycle-approximate, with bands. Verdicts are against the budgets of each \`pipeline.json\`; "undecided" means that the limit lies inside the band.`,
    '',
    ...table(
      costHead,
      systems.flatMap(({ system, row }) => row.results.map((result) => costRow(system, row.model, result))),
    ),
    '',
    '## Lock-out after a takeover',
    '',
    'Every session of everybody else is played once against the owner’s kernel, under the policy of the pipeline file; seconds count from the first moment of the other person, whose first whole window comes one window later. ' +
      'SmarterYou (paper, windows of 6 s): 90 % within 6 s, all by 18 s.',
    '',
    ...table(
      policyHead,
      reports.flatMap((report) => report.policy.map((row) => policyRow(report.published.system, row))),
    ),
    '',
    '## What could not be reproduced',
    '',
    ...reports.flatMap(({ published: p }) => [
      `**${p.system}**`,
      '',
      ...p.missing.map((line) => `- ${line}`),
      '',
    ]),
  ].join('\n');
  return prettier.format(text, { parser: 'markdown', proseWrap: 'preserve' });
}

/** For the terminal: one line a model with the cost on the cheapest and the dearest board. */
export function systemsText(reports: readonly SystemReport[]): string {
  const lines: string[] = [];
  for (const { published: p, rows } of reports) {
    lines.push(`${p.system}: ${p.figures}`);
    for (const row of rows) {
      const v = row.verified;
      lines.push(
        `  ${row.model} at ${row.rateHz} Hz: EER ${percent(v.float.eer)} % float, ${percent(v.fixed.eer)} % fixed; ${percent(v.agreement)} % of ${v.trials} decisions agree`,
      );
      for (const r of row.results)
        lines.push(
          `    ${r.board.padEnd(18)} ${withBand(r.latencyMs, 'ms')}, ${withBand(r.power.averageMw, 'mW')}, ${kib(r.memory.flashBytes)} flash, ${kib(r.memory.ramBytes)} RAM: ${r.verdict}`,
        );
    }
  }
  return `${lines.join('\n')}\n`;
}
