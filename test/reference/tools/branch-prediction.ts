/** Branches of a trace that an in-order core with a global history mispredicts: two-bit counters, the last targets of indirect jumps, a stack of returns. */
import type { ArmInstruction } from './arm-instruction.ts';
import type { Trace } from './trace.ts';

export interface BranchPredictor {
  /** Branches of history, by which counters are chosen. */
  historyBits: number;
  counters: number;
  indirectTargets: number;
  returnStack: number;
  /** The counter of a conditional branch. */
  index: (address: number, history: number) => number;
}

export function mispredictedBranches({ blocks, order }: Trace, predictor: BranchPredictor): number {
  const { counters: size, historyBits, indirectTargets, returnStack, index } = predictor;
  const counters = new Map<number, number>();
  const targets = new Map<number, number>(); // in the order of last use
  const returns: number[] = [];
  let history = 0;
  let misses = 0;
  for (let k = 0; k + 1 < order.length; k++) {
    const last = blocks[order[k]].at(-1)!;
    if (!last.branch) continue;
    const next = blocks[order[k + 1]][0].address;
    const taken = next !== last.address + last.bytes;
    if (last.base === 'cbz' || last.base === 'cbnz' || (last.base === 'b' && last.conditional)) {
      const at = index(last.address, history) & (size - 1);
      const counter = counters.get(at) ?? (next > last.address ? 1 : 2);
      if (counter >= 2 !== taken) misses++;
      counters.set(at, taken ? Math.min(3, counter + 1) : Math.max(0, counter - 1));
      history = ((history << 1) | Number(taken)) & ((1 << historyBits) - 1);
    } else if (isReturn(last)) {
      if (returns.pop() !== next) misses++;
    } else if (last.base !== 'b' && last.base !== 'bl') {
      if (targets.get(last.address) !== next) misses++;
      targets.delete(last.address);
      targets.set(last.address, next);
      if (targets.size > indirectTargets) targets.delete(targets.keys().next().value!);
    }
    if (last.base === 'bl' || last.base === 'blx') {
      returns.push(last.address + last.bytes);
      if (returns.length > returnStack) returns.shift();
    }
  }
  return misses;
}

const isReturn = (i: ArmInstruction): boolean =>
  (i.base === 'bx' && i.uses.has(14)) || (i.jumpsByLoad && (i.multiple || i.addressRegisters.includes(13)));
