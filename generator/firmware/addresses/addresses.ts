/**
 * Where each load and store of a module can go, for all inputs: the proof that lets compiled code drop a bounds check, or
 * read a constant from flash. What cannot be proved stays unknown, never wrong.
 */
import {
  importedFunctions,
  type Instruction,
  type WasmFunction,
  type WasmModule,
} from '../../../common/wasm/module.ts';
import { GaveUp, Interpreter } from './interpreter.ts';

export interface MemoryAccess {
  function: WasmFunction;
  instruction: Instruction;
  kind: 'load' | 'store';
  bytes: number;
  /** Every byte that it touches lies in first .. end - 1; undefined when it is never executed. */
  touched?: { first: number; end: number };
}

export interface AddressAnalysis {
  /** In the order of the code. */
  accesses: MemoryAccess[];
  /** Why nothing is known, when the analysis gave up. */
  gaveUp?: string;
}

export function analyseAddresses(module: WasmModule): AddressAnalysis {
  const touched = new Map<Instruction, { lo: number; hi: number }>();
  const interpreter = new Interpreter(module, (access, { lo, hi }) => {
    const known = touched.get(access);
    touched.set(access, known ? { lo: Math.min(lo, known.lo), hi: Math.max(hi, known.hi) } : { lo, hi });
  });
  let gaveUp: string | undefined;
  try {
    for (const f of roots(module)) interpreter.root(f);
  } catch (error) {
    if (!(error instanceof GaveUp)) throw error;
    gaveUp = error.message;
  }
  const accesses = module.functions.flatMap((f) =>
    f.body.flatMap((instruction): MemoryAccess[] => {
      const kind = /^[if](?:32|64)\.(load|store)/.exec(instruction.name)?.[1] as 'load' | 'store' | undefined;
      if (!kind) return [];
      const bytes = accessBytes(instruction.name);
      const found = gaveUp ? { lo: 0, hi: 2 ** 32 - 1 } : touched.get(instruction);
      const range = found && {
        first: found.lo + instruction.memoryOffset,
        end: found.hi + instruction.memoryOffset + bytes,
      };
      return [{ function: f, instruction, kind, bytes, ...(range ? { touched: range } : {}) }];
    }),
  );
  return { accesses, ...(gaveUp ? { gaveUp } : {}) };
}

/** Functions that something outside may call: exports, and all of them where there is a table. */
function roots(module: WasmModule): WasmFunction[] {
  if (module.tables > 0 || importedFunctions(module) > 0) return module.functions;
  const called = new Set(module.exports.filter((e) => e.kind === 'function').map((e) => e.index));
  if (module.start !== undefined) called.add(module.start);
  return module.functions.filter((f) => called.has(f.index));
}

export function accessBytes(name: string): number {
  const width = /(?:load|store)(8|16|32)/.exec(name)?.[1];
  return Number(width ?? name.slice(1, 3)) / 8;
}
