/**
 * A function as nested structure with only what steers it: which blocks are passed, assignments to variables that some
 * condition depends on, and branches. Loads are unknown, so the data cannot steer it: both ways stay open.
 *
 * Variables are the function's locals, then one for each height of the operand stack, used where values cross structure.
 */
import type { FunctionAnalysis, ModuleAnalysis } from '../wasm/index.ts';
import type { Item } from './item.ts';
import { markLiveness } from './liveness.ts';
import { sliced, steering } from './slice.ts';
import { structureOf } from './structure.ts';

export interface Program {
  parameters: number;
  variables: number;
  /** Of declared locals; operand slots are unknown at first. */
  zero: (0 | 0n | undefined)[];
  body: Item[];
}

export function programOf(analysis: ModuleAnalysis, f: FunctionAnalysis): Program {
  const body = structureOf(analysis, f);
  const { locals, type } = f.wasm;
  const needed = steering(body);
  // Only variables that steer get a place, parameters first.
  const places = new Map<number, number>();
  type.params.forEach((_, i) => places.set(i, i));
  for (const v of [...needed].sort((a, b) => a - b)) if (!places.has(v)) places.set(v, places.size);
  const zero: Program['zero'] = Array.from({ length: places.size }, () => undefined);
  locals.forEach((t, i) => {
    const place = places.get(i);
    if (place !== undefined && i >= type.params.length && t.startsWith('i'))
      zero[place] = t === 'i32' ? 0 : 0n;
  });
  const result = sliced(body, needed, places);
  markLiveness(result);
  return {
    parameters: type.params.length,
    variables: places.size,
    zero,
    body: result,
  };
}
