/** Lines of `escapement boards`: every board and runtime, one row each. */
import { sensorsOf, type Board } from '../../../boards/board.ts';
import { bytes, clock } from '../../../report/text/quantity.ts';
import { table } from '../../../report/text/table.ts';
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
  ...table(
    ['runtime', 'kind', 'what it is'].map((header) => ({ header })),
    Object.values(runtimes).map((r) => [r.id, r.kind, r.name]),
  ),
];
