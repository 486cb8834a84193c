/**
 * npm run conformance -- DIR [DIR ...] [--fixed] [--json]
 *
 * Runs every conformance case in the folders and prints pass, refused or wrong for each: with the float reference, or with
 * --fixed as compiled integer kernels, whose outputs need a signal-to-noise ratio of 30 dB. Exit code 1 when a case is
 * wrong, 2 when a folder holds no cases.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type CaseResult, findCases, runCase } from './conformance-case.ts';
import { type FixedResult, runFixedCase } from './conformance-fixed.ts';

const usage =
  'Usage: npm run conformance -- DIR [DIR ...] [--fixed] [--json]. ' +
  'DIR must hold cases: folders with model.onnx and test_data_set_0/{input,output}_0.pb.';

const { folders, fixed, json } = readArguments();
const results: (CaseResult | FixedResult)[] = [];
for (const folder of folders) {
  const result = fixed ? await runFixedCase(folder, { compiled: true }) : runCase(folder);
  if (!json) printLine(result);
  results.push(result);
}
const count = (status: CaseResult['status']): number => results.filter((r) => r.status === status).length;
const totals = {
  cases: results.length,
  pass: count('pass'),
  refused: count('refused'),
  wrong: count('wrong'),
};

if (json) process.stdout.write(`${JSON.stringify({ ...totals, results }, null, 2)}\n`);
else {
  const { cases, pass, refused, wrong } = totals;
  process.stdout.write(`${cases} cases: ${pass} pass, ${refused} refused, ${wrong} wrong\n`);
}
process.exitCode = totals.wrong > 0 ? 1 : 0;

function printLine(result: CaseResult | FixedResult): void {
  const ratios = 'ratios' in result ? Object.entries(result.ratios) : [];
  const notes = [
    ...ratios.map(([output, ratio]) => `${output} ${ratio.toFixed(1)} dB`),
    ...(result.reason ? [result.reason] : []),
  ];
  process.stdout.write(
    `${result.status.padEnd(8)} ${result.case}${notes.length > 0 ? `  ${notes.join(', ')}` : ''}\n`,
  );
}

function readArguments(): { folders: string[]; fixed: boolean; json: boolean } {
  try {
    const options = {
      fixed: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const found = positionals.flatMap((folder) => (existsSync(folder) ? findCases(folder) : []));
    if (found.length > 0) return { folders: found, fixed: values.fixed, json: values.json };
    process.stderr.write(`${usage}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}. ${usage}\n`);
  }
  return process.exit(2);
}
