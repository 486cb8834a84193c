/**
 * `node --import ./bin/register.mjs scripts/firmware-sample.ts [KERNEL ...]`: measures kernels of the reference (every eighth where none is named) as `escapement export` would compile them, and says what the model of
 * that build makes of them. The published reference has firmware of the project's own kernels alone, whose loops are few. Needs the packages of test/reference/README.md.
 */
import { referenceKernel, referenceKernels } from '../test/reference/tools/kernels.ts';
import { measureKernel, withFolder } from '../test/reference/tools/measure.ts';
import { compareWith, groupsOf, type Comparison } from './comparisons.ts';
import { beyond, median, percent, sorted } from './validation-text.ts';

/** A kernel without constants, whose memory is all heap. */
const asFirmware = (name: string): ReturnType<typeof referenceKernel> => {
  const kernel = referenceKernel(name);
  return { ...kernel, firmware: { constantBytes: 0, heapBase: kernel.memoryPages * 65536 } };
};

const every = 8;
const names = process.argv.slice(2);
if (names.length === 0)
  names.push(
    ...referenceKernels()
      .map(({ name }) => name)
      .toSorted()
      .filter((_, i) => i % every === 3),
  );

const found: Comparison[] = [];
for (const name of names) {
  try {
    const records = withFolder((folder) => measureKernel(asFirmware(name), folder));
    found.push(
      ...compareWith(
        records.filter(({ runtime }) => runtime === 'wasm2c-firmware'),
        asFirmware,
      ),
    );
  } catch (e) {
    // What does not link, as with symbols that firmware has no library for.
    console.log(`${name}: not measured: ${(e as Error).message.split('\n')[0]!.slice(0, 120)}`);
  }
}
for (const [group, all] of groupsOf(found)) {
  const errors = all.map(({ error }) => error);
  const worst = all.toSorted((a, b) => Math.abs(b.error) - Math.abs(a.error)).slice(0, 12);
  console.log(
    `${group}: ${all.length} kernels, median ${percent(median(sorted(errors)))}, beyond 25 %: ${beyond(errors)}`,
  );
  console.log(`  ${worst.map((c) => `${c.kernel} ${percent(c.error)}`).join(', ')}`);
}
