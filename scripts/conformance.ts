/**
 * npm run conformance -- DIR [DIR ...] [--json]
 *
 * Runs every conformance case in the folders and prints pass, refused or wrong for each. Exit code 1 when a case is wrong,
 * 2 when a folder holds no cases.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type CaseResult, findCases, runCase } from './conformance-case.ts';

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const folders = positionals.flatMap((folder) => (existsSync(folder) ? findCases(folder) : []));
if (folders.length === 0) {
  process.stderr.write(
    'Usage: npm run conformance -- DIR [--json]. ' +
      'DIR must hold cases: folders with model.onnx and test_data_set_0/{input,output}_0.pb.\n',
  );
  process.exit(2);
}

const results = folders.map((folder) => {
  const result = runCase(folder);
  if (!values.json) printLine(result);
  return result;
});
const count = (status: CaseResult['status']): number => results.filter((r) => r.status === status).length;
const totals = {
  cases: results.length,
  pass: count('pass'),
  refused: count('refused'),
  wrong: count('wrong'),
};

if (values.json) process.stdout.write(`${JSON.stringify({ ...totals, results }, null, 2)}\n`);
else
  console.log(`${totals.cases} cases: ${totals.pass} pass, ${totals.refused} refused, ${totals.wrong} wrong`);
process.exitCode = totals.wrong > 0 ? 1 : 0;

function printLine({ case: name, status, reason }: CaseResult): void {
  process.stdout.write(`${status.padEnd(8)} ${name}${reason ? `  ${reason}` : ''}\n`);
}
