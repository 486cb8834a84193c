/** A traced run: blocks of instructions, and the order in which they ran. */
import { parseInstruction, type ArmInstruction } from './arm-instruction.ts';

export interface Trace {
  blocks: readonly (readonly ArmInstruction[])[];
  order: Uint32Array;
}

/**
 * @param blockText One line an instruction: "block address count fall-through first bytes", hexadecimal address and bytes.
 * @param order Blocks in the order of execution, 32-bit numbers.
 */
export function readTrace(
  program: ReadonlyMap<number, ArmInstruction>,
  blockText: string,
  order: Uint32Array,
): Trace {
  const blocks: ArmInstruction[][] = [];
  for (const line of blockText.split('\n')) {
    if (!line) continue;
    const [id, address, , , , encoding] = line.split(' ');
    const at = Number.parseInt(address, 16);
    const bytes = encoding.length / 2;
    const known = program.get(at);
    (blocks[Number(id)] ??= []).push(known?.bytes === bytes ? known : parseInstruction(at, bytes, 'nop', ''));
  }
  return { blocks, order };
}

export function countInstructions({ blocks, order }: Trace): number {
  let total = 0;
  for (const id of order) total += blocks[id].length;
  return total;
}

/** Whether the block before ended with a branch that was taken. */
export function isTaken(block: readonly ArmInstruction[], next: readonly ArmInstruction[]): boolean {
  const last = block.at(-1)!;
  return next[0].address !== last.address + last.bytes;
}
