/** Refusals ESC519 to ESC529: sweeps over many configurations. */
import { define } from './refusal.ts';

export const badShard = define(
  'ESC520',
  (text: string) => `--shard wants i/n with i from 1 to n, got "${text}".`,
  () => 'Give for example --shard 2/8; with an index from 0, add one to it.',
);

export const otherSweep = define(
  'ESC521',
  (folder: string) => `${folder} holds another sweep: other settings, other files or another version.`,
  () => 'Choose another folder with --out, or start over in this one with --fresh.',
);

export const notASweep = define(
  'ESC522',
  (folder: string, why: string) => `${folder} is no folder of a sweep: ${why}.`,
  () => 'Give the folders that escapement sweep --out wrote to.',
);

export const missingKernels = define(
  'ESC523',
  (missing: number, all: number, _some: readonly number[]) =>
    `${missing} of ${all} kernels of the sweep are not there yet.`,
  (_missing: number, _all: number, some: readonly number[]) =>
    `Run the missing shards, then merge again (with n shards kernel k is in shard k mod n + 1; missing: ${some.join(', ')}${some.length < _missing ? ', ...' : ''}).`,
);

export const rowsDiffer = define(
  'ESC524',
  (one: string, other: string) => `${one} and ${other} hold different rows of the same kernel.`,
  () => 'Run both shards with the same version and files, and merge again.',
);

export const damagedRows = define(
  'ESC525',
  (path: string) => `${path} is damaged: it does not hold the rows of its kernel.`,
  () => 'Copy it again, or delete it and run its shard again.',
);

export const namedTwice = define(
  'ESC526',
  (option: string, name: string) => `${option} names ${name} twice.`,
  () => 'Leave one of them out.',
);

export const badJobs = define(
  'ESC527',
  (text: string) => `--jobs wants a number of threads from 1 to 256, got "${text}".`,
  () => 'Leave it out to use every core.',
);

export const unknownShape = define(
  'ESC528',
  (name: string, _known: readonly string[]) => `There is no profile "${name}" to sweep over.`,
  (_name: string, known: readonly string[]) =>
    `Use ${known.join(', ')}; fit takes the one that suits the runtime.`,
);

export const differentSweeps = define(
  'ESC529',
  (one: string, other: string) => `${one} and ${other} are of different sweeps.`,
  () => 'Merge only shards that were run with the same settings, files and version.',
);

export const unknownWidth = define(
  'ESC519',
  (name: string) => `Weights cannot have "${name}" bits.`,
  () => "Use own, 4, 8, 16; own leaves the pipeline's.",
);
