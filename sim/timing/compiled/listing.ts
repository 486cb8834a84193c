/** Compiled code of small functions as text, for tests that hold it against what gcc makes of the same C. */
import { assemble, type FunctionSource } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import type { AccessKind, PlacedAccesses } from '../../wasm/placed-accesses.ts';
import type { Build } from './build.ts';
import { compileModule } from './compile.ts';
import { schedule } from './schedule.ts';

export interface ListedBlock {
  weight: number;
  /** Mnemonics with what the lowering says of their operands. */
  code: string[];
}

/**
 * Blocks of the first function, called once with the arguments, as it is compiled for a build: as registers are given out, or as it is ordered then. `access`: what firmware
 * does with each access, its memory beginning behind 4096 bytes of constants.
 */
export function listing(
  source: FunctionSource,
  args: readonly (number | bigint)[],
  build: Build,
  globals: readonly number[] = [],
  { ordered = false, access }: { ordered?: boolean; access?: AccessKind } = {},
): ListedBlock[] {
  const plain = analyse(assemble([{ export: 'run', ...source }], globals));
  const analysis = access ? { ...plain, placed: placedAlike(source, access) } : plain;
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (...args: (number | bigint)[]) => unknown)(...args);
  });
  const [compiled] = compileModule(analysis, counts, build);
  const { code: allocated } = compiled!.allocation;
  return (ordered ? schedule(allocated, build.scheduler) : allocated).blocks.map(({ weight, code }) => ({
    weight,
    code: code.map((m) => m.text),
  }));
}

/** One page, of which the first bytes are constants where anything may read them. */
const placedAlike = ({ body }: FunctionSource, access: AccessKind): PlacedAccesses => ({
  kinds: [new Map(body.map((_, at) => [at, access]))],
  ram: { first: 4112, end: 65536 },
  flash: { first: 16, end: 4112 },
});

/** Instructions of the blocks that run most often. */
export function hottest(blocks: readonly ListedBlock[]): string[] {
  const most = Math.max(...blocks.map((b) => b.weight));
  return blocks.filter((b) => b.weight === most).flatMap((b) => b.code);
}
