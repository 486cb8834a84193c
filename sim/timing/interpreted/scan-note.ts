/** What a report says of an interpreter that reads blocks anew because its table of their ends has too few places. */
import { endTable, type Runtime } from '../../runtimes/index.ts';
import { placesEnough, type BlockCounts, type ModuleAnalysis } from '../../wasm/index.ts';

/** Bytes of an entry on a 32-bit core: where the block begins, its else and its end. */
const entryBytes = 12;

interface Scanned {
  cycles: { value: number };
  scanCycles: number;
}

/** Null where next to nothing goes into that. */
export function scanNote(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  runtime: Runtime,
  estimates: readonly Scanned[],
): string | null {
  const ends = endTable(runtime);
  const total = (of: (e: Scanned) => number) => estimates.reduce((sum, e) => sum + of(e), 0);
  const share = total((e) => e.scanCycles) / total((e) => e.cycles.value);
  if (!ends || !(share > 0.001)) return null;
  const many = (counts.scans ?? []).filter(({ scans }) => scans > 0).length;
  const enough = placesEnough(analysis, counts, ends);
  const larger =
    enough !== null && enough > ends.places
      ? ` A build of it with BLOCK_ADDR_CACHE_SIZE ${enough} has room for them all (${Math.round((enough * ends.each * entryBytes) / 1024)} KiB of RAM).`
      : '';
  return (
    `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} % of the cycles go into looking for ends of blocks again: the ${runtime.name} keeps them in ${ends.places} places of ${ends.each}, by the low bits of where a ` +
    `block begins, and ${many} ${many === 1 ? 'block that ran shares its place' : 'blocks that ran share their places'} with too many others. The fast interpreter of WAMR has no such table.${larger}`
  );
}
