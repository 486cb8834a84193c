/**
 * WAMR's classic interpreter (wasm_interp_classic.c, 646b5a9b) runs the wasm bytes as they are: every instruction is a
 * handler, structure included. A branch out of a block lands on its `end`, and so does an `else` that is reached.
 */
import type { FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import type { Instruction } from '../../wasm/module.ts';
import { stackLayout } from '../compiled/stack.ts';
import { branchDepth, callWork, emptyTranslation, isWide, type Translation } from './translation.ts';

export function translateWamrClassic(analysis: ModuleAnalysis, f: FunctionAnalysis): Translation {
  const out = emptyTranslation(f);
  const { heights } = stackLayout(analysis.module, f.wasm);
  const scopes: string[] = ['function'];
  const returning = f.wasm.type.results.length ? 'end:value' : 'end:function';
  /** What a branch runs where it lands. */
  const landing = (depth: number): string[] => {
    const scope = scopes.at(-1 - depth);
    if (scope === 'loop') return [];
    return [scope === 'function' ? returning : 'end'];
  };
  f.wasm.body.forEach((instruction, i) => {
    const { name, index } = instruction;
    const last = i === f.wasm.body.length - 1;
    if (heights[i]! >= 0) {
      const handlers = out.handlers[i]!;
      handlers.push(last ? returning : handler(analysis, f, instruction));
      handlers.push(...work(analysis, instruction));
      if (name === 'else') handlers.push('end');
      if (name === 'br' || name === 'br_table') handlers.push(...landing(branchDepth(instruction)));
      if (name === 'br_if') out.taken.set(i, ['+branch', ...landing(index)]);
      if (name === 'if') out.taken.set(i, ['+else']);
    }
    if (name === 'block' || name === 'loop' || name === 'if') scopes.push(name);
    else if (name === 'end') scopes.pop();
  });
  return out;
}

function handler(analysis: ModuleAnalysis, f: FunctionAnalysis, { name, index }: Instruction): string {
  const sized = (type: string): string => `${name}:${isWide(type) ? 64 : 32}`;
  if (name.startsWith('global.')) return sized(analysis.module.globals[index]!.type);
  if (name.startsWith('local.')) return sized(f.wasm.locals[index]!);
  return name;
}

/** Each byte of a LEB128 immediate beyond its first, and what calls do. */
function work(analysis: ModuleAnalysis, { name, index, offset, end }: Instruction): string[] {
  if (name === 'call') return callWork(analysis.module.functions[index]!);
  const type = name === 'call_indirect' ? analysis.module.types[index]! : undefined;
  if (type) return callWork({ type, locals: type.params });
  if (name === 'i32.const' || name === 'i64.const')
    return Array<string>(end - offset - 2).fill('+const-byte');
  if (/\.(load|store)/.test(name)) return Array<string>(end - offset - 3).fill('+offset-byte');
  return [];
}
