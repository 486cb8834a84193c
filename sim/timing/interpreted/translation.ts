/**
 * What an interpreter makes of a function: the handlers that run for each wasm instruction. A handler is one step of
 * the interpreter that ends in a dispatch. Its name is the wasm operator's, with a colon and a variant where the
 * runtime has several; steps that no wasm operator has carry the runtime's own name. A name that starts with a plus
 * is work that a handler does more of, without a dispatch: one argument of a call, one byte more of an immediate.
 */
import type { FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import type { FunctionType, Instruction, ValueType } from '../../wasm/module.ts';

export interface Translation {
  /** Handlers run each time that the instruction is executed, by index in the function's body. */
  handlers: string[][];
  /** Handlers run in addition when the branch at an instruction is taken. */
  taken: Map<number, string[]>;
  /** Handlers run on entry of the function. */
  entry: string[];
}

export type Translator = (analysis: ModuleAnalysis, f: FunctionAnalysis) => Translation;

export function emptyTranslation(f: FunctionAnalysis): Translation {
  return { handlers: f.wasm.body.map(() => []), taken: new Map(), entry: [] };
}

export const isFloat = (type: string): boolean => type === 'f32' || type === 'f64';
export const isWide = (type: string): boolean => type.endsWith('64');

/** What a call costs beside its handler: its arguments, and the callee's locals to clear. */
export function callWork(callee: { type: FunctionType; locals: ValueType[] }): string[] {
  return [...callee.type.params.map(() => '+argument'), ...localWork(callee)];
}

/** The cells of declared locals, which are cleared. */
export function localWork({ type, locals }: { type: FunctionType; locals: ValueType[] }): string[] {
  const cells = locals.slice(type.params.length).reduce((n, t) => n + (isWide(t) ? 2 : 1), 0);
  return Array<string>(cells).fill('+local');
}

/** Depth that a br, br_if or br_table leaves; of a br_table the first, which stands for all. */
export const branchDepth = ({ labels, index }: Instruction): number => labels[0] ?? index;
