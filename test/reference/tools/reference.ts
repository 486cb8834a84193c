/**
 * `npm run reference [-- [--check] [KERNEL ...]]`: measures every kernel again and writes test/reference/measured.json, or, with --check, says what
 * differs. Names of kernels behind the options restrict it to those. Records of runtimes that are not built here
 * (interpreters) stay as they are.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { didYouMean } from '../../../common/nearest.ts';
import { referenceKernel, referenceKernels } from './kernels.ts';
import { measureKernel, withFolder, type ReferenceRecord } from './measure.ts';
import { missingPackages } from './packages.ts';

const file = new URL('../measured.json', import.meta.url);

interface Measured {
  note: string;
  records: ReferenceRecord[];
}

const keyOf = (r: ReferenceRecord): string => `${r.kernel} ${r.runtime} ${r.core}`;
const line = (r: ReferenceRecord): string =>
  `${keyOf(r)}: ${r.instructions} instructions, ${r.cycles.toFixed(1)} cycles`;

const usage =
  'Usage: npm run reference [-- [--check] [KERNEL ...]]: measures all kernels, or those named, and writes test/reference/measured.json; ' +
  'with --check it writes nothing and says what differs. A module of your own: npm run reference:module.';

/** What is asked; or what is wrong with it. */
function readArguments(args: readonly string[]): { check: boolean; names: string[] } | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help) return '';
    const known = referenceKernels().map((k) => k.name);
    const strange = positionals.find((name) => !known.includes(name));
    if (strange) return `The reference has no kernel "${strange}".${didYouMean(strange, known)}`;
    return { check: values.check, names: positionals };
  } catch (error) {
    return (error as Error).message;
  }
}

function main(args: readonly string[]): number {
  const asked = readArguments(args);
  if (typeof asked === 'string') {
    process.stderr.write(`${[asked, usage].filter(Boolean).join('\n')}\n`);
    return asked ? 2 : 0;
  }
  const missing = missingPackages();
  if (missing.length) {
    process.stderr.write(`the reference needs Debian packages: apt-get install ${missing.join(' ')}\n`);
    return 2;
  }
  const { check, names } = asked;
  const sources = names.length ? names.map(referenceKernel) : referenceKernels();
  const measured = JSON.parse(readFileSync(file, 'utf8')) as Measured;
  const known = new Map(measured.records.map((r) => [keyOf(r), r]));
  let different = 0;
  withFolder((folder) => {
    for (const source of sources)
      for (const record of measureKernel(source, folder)) {
        const before = known.get(keyOf(record));
        const same = before?.instructions === record.instructions && before.cycles === record.cycles;
        if (!same) different++;
        process.stdout.write(`${line(record)}${same ? '' : before ? `; was ${line(before)}` : '; new'}\n`);
        known.set(keyOf(record), record);
      }
  });
  if (!check)
    writeFileSync(file, `${JSON.stringify({ ...measured, records: [...known.values()] }, null, 1)}\n`);
  process.stdout.write(`${different} records ${check ? 'differ' : 'changed'}\n`);
  return check && different ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
