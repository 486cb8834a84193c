import type { Instruction, WasmFunction, WasmModule } from '../../common/wasm/module.ts';

/** The first instruction of each function that `wanted` accepts. */
export function findInstruction(
  module: WasmModule,
  wanted: (instruction: Instruction) => boolean,
): { function: WasmFunction; instruction: Instruction; count: number }[] {
  return module.functions.flatMap((f) => {
    const found = f.body.filter(wanted);
    return found.length === 0 ? [] : [{ function: f, instruction: found[0], count: found.length }];
  });
}

/** "3 x" or "1 x" in front of a name. */
export const times = (count: number, what: string): string => (count === 1 ? what : `${count} x ${what}`);
