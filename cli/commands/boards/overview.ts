/** Lines of `escapement boards`: every board and runtime, one row each. */
import { sensorsOf, type Board } from '../../../boards/board.ts';
import { bytes, clock } from '../../../report/text/quantity.ts';
import { table } from '../../../report/text/table.ts';
import { memoryLaw } from '../../../sim/memory/law.ts';
import { runtimes } from '../../../sim/runtimes/index.ts';

export const overview = (found: readonly Board[]): string[] => [
  ...table(
    ['board', 'chip', 'core', 'clock', 'RAM', 'sensors', 'standing'].map((header) => ({ header })),
    found.map((b) => [
      b.id,
      b.cpu.chip,
      `${b.cpu.cores.value} x ${b.cpu.core}`,
      clock(b.cpu.clock.usedMhz.value),
      bytes(b.memory.ram.availableBytes.value),
      sensorsOf(b).join(', '),
      b.standing,
    ]),
  ),
  '',
  ...byLaw(found),
  '',
  ...table(
    ['runtime', 'kind', 'what it is'].map((header) => ({ header })),
    Object.values(runtimes).map((r) => [r.id, r.kind, r.name]),
  ),
];

const laws = {
  followed: 'data addresses followed through caches',
  factor: 'published factor for code from flash',
  'not counted': 'not counted, caches not known',
};

/** Waiting for memory: which boards by which law. */
function byLaw(boards: readonly Board[]): string[] {
  const kinds = Object.keys(laws) as (keyof typeof laws)[];
  return kinds.flatMap((kind) => {
    const those = boards.filter((board) => memoryLaw(board).kind === kind).map(({ id }) => id);
    return those.length > 0 ? [`waiting for memory, ${laws[kind]}: ${those.join(', ')}`] : [];
  });
}
