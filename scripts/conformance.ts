/**
 * npm run conformance -- DIR [DIR ...] [--json]
 *
 * Runs every conformance case in the folders and prints pass, refused or wrong for each. Exit code 1 when a case is wrong,
 * 2 when a folder holds no cases.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type CaseResult, findCases, runCase } from './conformance-case.ts';

const usage =
  'Usage: npm run conformance -- DIR [DIR ...] [--json]. ' +
  'DIR must hold cases: folders with model.onnx and test_data_set_0/{input,output}_0.pb.';

const { folders, json } = readArguments();
const results = folders.map((folder) => {
  const result = runCase(folder);
  if (!json) printLine(result);
  return result;
});
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

function printLine({ case: name, status, reason }: CaseResult): void {
  process.stdout.write(`${status.padEnd(8)} ${name}${reason ? `  ${reason}` : ''}\n`);
}

function readArguments(): { folders: string[]; json: boolean } {
  try {
    const options = { json: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const found = positionals.flatMap((folder) => (existsSync(folder) ? findCases(folder) : []));
    if (found.length > 0) return { folders: found, json: values.json };
    process.stderr.write(`${usage}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}. ${usage}\n`);
  }
  return process.exit(2);
}
