/**
 * Bytes of the code that WAMR's fast interpreter makes of a module (wasm_loader.c, 646b5a9b), on a 32-bit core: the address
 * of a handler (4 bytes), then operands of 2 bytes and immediates of 4; and each function's pool of constants.
 */
import { translationOf } from '../timing/interpreted/translate.ts';
import { constantCells } from '../timing/interpreted/wamr-fast.ts';
import type { ModuleAnalysis } from '../wasm/index.ts';

const LABEL = 4;
const OPERAND = 2;
const IMMEDIATE = 4;

const sizes: [pattern: RegExp, bytes: number][] = [
  [/^\+argument$/, OPERAND],
  [/^\+/, 0],
  [/\.(load|store)/, LABEL + IMMEDIATE + 2 * OPERAND],
  [/^(local\.set|CopyStackTop)/, LABEL + 2 * OPERAND],
  [/^select/, LABEL + 4 * OPERAND],
  [/^global\.get/, LABEL + IMMEDIATE + OPERAND],
  [/^global\.set/, LABEL + IMMEDIATE + OPERAND],
  // Every if has an else; the loader adds what is missing.
  [/^if$/, LABEL + OPERAND + 2 * IMMEDIATE + LABEL + IMMEDIATE],
  [/^else$/, 0],
  [/^br$/, LABEL + 2 * IMMEDIATE],
  [/^br:value$/, LABEL + 3 * IMMEDIATE + 3 * OPERAND],
  [/^br_if$/, LABEL + OPERAND + 2 * IMMEDIATE],
  [/^br_table$/, LABEL + IMMEDIATE + OPERAND],
  [/^return:value$/, LABEL + OPERAND],
  [/^return$/, LABEL],
  [/^call$/, LABEL + IMMEDIATE + OPERAND],
  [/^call_indirect$/, LABEL + 2 * IMMEDIATE + 2 * OPERAND],
  [
    /\.(eqz|clz|ctz|popcnt|wrap|extend|trunc|convert|reinterpret|abs|neg|ceil|floor|nearest|sqrt|demote|promote)/,
    LABEL + 2 * OPERAND,
  ],
];

const handlerBytes = (handler: string): number =>
  sizes.find(([pattern]) => pattern.test(handler))?.[1] ?? LABEL + 3 * OPERAND;

/** Within 2 % of what the loader reports; a test compares. */
export function translatedWamrFast(analysis: ModuleAnalysis): { codeBytes: number; constantBytes: number } {
  let codeBytes = 0;
  let constantBytes = 0;
  for (const f of analysis.functions) {
    for (const h of translationOf(analysis, f, 'wamr-fast').handlers.flat()) codeBytes += handlerBytes(h);
    for (const i of f.wasm.body) if (i.name === 'br_table') codeBytes += i.labels.length * 2 * IMMEDIATE;
    constantBytes += 4 * constantCells(f.wasm);
  }
  return { codeBytes, constantBytes };
}
