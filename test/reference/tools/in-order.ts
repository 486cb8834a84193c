/** Cycles of a trace on an in-order pipeline: each block from the state in which the one before left it, remembered by block and state. */
import type { ArmInstruction } from './arm-instruction.ts';
import { isTaken, type Trace } from './trace.ts';

/**
 * @param run Cycles of a block from a state, and the state after it.
 * @param taken The state behind a branch that was taken.
 */
export function inOrderCycles<State>(
  { blocks, order }: Trace,
  empty: State,
  run: (block: readonly ArmInstruction[], state: State) => [cycles: number, after: State],
  taken: (state: State) => State,
): number {
  const numbers = new Map<string, number>();
  const states: State[] = [];
  const numberOf = (state: State): number => {
    const key = JSON.stringify(state);
    let n = numbers.get(key);
    if (n === undefined) numbers.set(key, (n = states.push(state) - 1));
    return n;
  };
  const memo = new Map<number, { cycles: number; falls: number; taken: number }>();
  let state = numberOf(empty);
  let total = 0;
  for (let k = 0; k < order.length; k++) {
    const block = blocks[order[k]];
    const key = state * blocks.length + order[k];
    let known = memo.get(key);
    if (!known) {
      const [cycles, after] = run(block, states[state]);
      known = { cycles, falls: numberOf(after), taken: numberOf(taken(after)) };
      memo.set(key, known);
    }
    total += known.cycles;
    const jumps = k + 1 < order.length && block.at(-1)!.branch && isTaken(block, blocks[order[k + 1]]);
    state = jumps ? known.taken : known.falls;
  }
  return total;
}
