/** What copying the header of a loop costs gcc, and what it does not copy. */
import { isConst, resolve, type Node } from './ir.ts';

/** Operations that are copied (param max-loop-header-insns). */
export const mostCopied = 20;
/** A comparison with the branch that it decides. */
export const testCost = 2;

/** Calls, what is a branch yet, and what makes the next check read the length again. */
const stops = /^(call|accessor|store|setglobal|enter|select|float|guard|guard64)$/;

/** As gcc counts for size (estimate_num_insns). */
export function costOf(n: Node, pinnedLoads = true): number {
  const [a] = n.args.map(resolve);
  switch (n.op) {
    case 'address':
    case 'base':
    case 'pool':
    case 'size':
    case 'wrap':
    case 'zext':
    case 'ext8':
    case 'ext16':
      return 0;
    case 'sext':
      return Number(pinnedLoads);
    case 'check':
      return testCost + Number(!isConst(a!));
    case 'divcheck':
    case 'guard':
      return testCost;
    case 'load': {
      // The access, what makes it volatile, the pointer's sum, and the address's.
      const place = a!.op === 'address' ? resolve(a!.args[1]!) : a!;
      const sums = isConst(place) ? 0 : 1 + Number(n.offset !== 0);
      return sums + Math.ceil(n.bytes / 4) + Number(pinnedLoads);
    }
    default:
      return 1;
  }
}

export const stopsCopying = (n: Node): boolean => stops.test(n.op);
