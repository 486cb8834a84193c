/** Where a call passes its words (AAPCS 6.4): the first four in registers, the instance in front, all others on the stack (calls.cc, store_one_arg; function.cc, assign_parms). */
import type { Type } from './ir.ts';
import type { MachineCode } from './machine.ts';

export const wordsInRegisters = 4;

const isInUnit = (type: Type): boolean => type === 'f32' || type === 'f64';

/** The first word of each argument behind the instance; -1 for what the floating-point unit has. Two words begin at an even one, and none comes back to registers that were left out. */
export function firstWords(types: readonly Type[], hasInstance = true): number[] {
  let next = Number(hasInstance);
  return types.map((type) => {
    if (isInUnit(type)) return -1;
    if (type === 'i64') next += next & 1;
    const word = next;
    next += type === 'i64' ? 2 : 1;
    return word;
  });
}

/** The variable that a word on the stack is, for the function that passes it and for the one that gets it. */
export const passedCell = (word: number): string => `passed ${word}`;
export const gotCell = (word: number): string => `got ${word}`;

export const isGot = (cell: string): boolean => cell.startsWith('got ');

/** The words of the frame that all calls of a function share. */
export function wordsPassed(code: MachineCode): number {
  const words = code.blocks.flatMap((b) =>
    b.code.flatMap(({ cell }) => (cell.startsWith('passed ') ? [Number(cell.slice(7)) + 1] : [])),
  );
  return words.reduce((most, w) => Math.max(most, w - wordsInRegisters), 0);
}

/** Whether two such words stand side by side. */
export function areNeighbours(a: string, b: string): boolean {
  const [x, y] = [a, b].map((cell) => /^(passed|got) (\d+)$/.exec(cell));
  return !!x && !!y && x[1] === y[1] && Math.abs(Number(x[2]) - Number(y[2])) === 1;
}
