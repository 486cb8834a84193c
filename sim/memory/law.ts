/**
 * By which law a board's waiting for memory is counted: addresses followed through its caches, a published factor on code that runs
 * without wait states, or not at all, because nothing is known.
 */
import type { Board } from '../../boards/board.ts';
import { band } from '../../boards/band.ts';
import { cacheGeometries } from '../timing/data-stalls.ts';

export interface MemoryLaw {
  kind: 'followed' | 'factor' | 'not counted';
  sentence: string;
}

export function memoryLaw(board: Board): MemoryLaw {
  const { flashSlowdown } = board.cpu;
  if (flashSlowdown) {
    const { value, low, high } = band(flashSlowdown);
    return {
      kind: 'factor',
      sentence:
        `code runs from flash: cycles without wait states times a published factor of ${value} [${low}..${high}] (${flashSlowdown.kind}); ` +
        'wait states, size and lines of what lies between are not published, so fetches are not followed. Data are taken to lie in RAM.',
    };
  }
  const geometries = cacheGeometries(board);
  if (geometries) {
    const { level1, level2, lineBytes } = geometries.value;
    const kib = (bytes: number): string => `${bytes / 1024} KiB`;
    return {
      kind: 'followed',
      sentence: `a kernel's own data addresses are followed through ${kib(level1.bytes)} of L1 and ${kib(level2.bytes)} of L2, ${lineBytes} bytes a line; misses wait for the level below.`,
    };
  }
  return {
    kind: 'not counted',
    sentence: 'caches of this board are not known: no waiting for data is counted.',
  };
}
