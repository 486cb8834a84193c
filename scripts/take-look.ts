/**
 * `node --import ./bin/register.mjs scripts/take-look.ts SET COMMIT`: adds what the models of this tree, which are those of COMMIT, predict for a
 * blind set to its first-look.json. Errors are not printed, so that whoever takes a look need not see them.
 */
import { writeFileSync } from 'node:fs';
import { firstLooks, firstLookFile, type FirstLook } from '../test/reference/tools/first-look.ts';
import { heldOutSets } from '../test/reference/tools/kernels.ts';
import { compareSet } from './comparisons.ts';

const note =
  'Cycles of an iteration that the models of these commits predicted for the loops of this folder before anybody who works on the models had seen them.';

/** One record a line. */
function written(looks: readonly FirstLook[]): string {
  const parts = looks.map(
    ({ commit, records }) =>
      `{ "commit":${JSON.stringify(commit)}, "records": [\n${records.map((r) => `  ${JSON.stringify(r)}`).join(',\n')}\n ] }`,
  );
  return `{\n "note":${JSON.stringify(note)},\n "looks": [${parts.join(', ')}]\n}\n`;
}

function main([name, commit]: readonly string[]): number {
  const set = heldOutSets.find((s) => s === name);
  if (!set || !/^[0-9a-f]{7}$/.test(commit ?? '')) {
    process.stderr.write(
      `take-look SET COMMIT, where SET is one of ${heldOutSets.join(', ')} and COMMIT has seven digits\n`,
    );
    return 2;
  }
  const before = firstLooks(set);
  if (before.some((look) => look.commit === commit)) {
    process.stderr.write(`${set} has a look at ${commit} already\n`);
    return 1;
  }
  const records = compareSet(set)
    .map(({ kernel, core, runtime, predicted }) => ({
      kernel,
      core,
      runtime,
      cycles: Math.round(predicted * 10) / 10,
    }))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  writeFileSync(firstLookFile(set), written([...before, { commit, records }]));
  process.stdout.write(`${records.length} predictions at ${commit}\n`);
  return 0;
}

const order = ({ kernel, core, runtime }: FirstLook['records'][number]): string =>
  `${kernel} ${runtime} ${core}`;

process.exitCode = main(process.argv.slice(2));
