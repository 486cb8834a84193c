/**
 * Bytes of wasm3's translated code (m3_compile.c and m3_code.c, 0.9.0, c9b579d8): words of 4 bytes in code pages of 1 KB,
 * as the firmware bundle builds it, and a copy of each function's constants.
 *
 *   operation | operand slots and immediates, a word each | next operation ...
 *
 * A function that does not fit its page goes on in another through a bridge of two words.
 */
import type { Estimate } from '../../common/estimate.ts';
import { translationOf } from '../timing/interpreted/translate.ts';
import type { ModuleAnalysis } from '../wasm/index.ts';

const PAGE = 1024;
/** Header of a page, and of its heap block. */
const PAGE_OVERHEAD = 8;
/** Words of a page that get used: measured 227 to 245 on modules of 15 to 34 pages. */
const USED_WORDS: Estimate = { value: 236, low: 245, high: 227 };

const words = new Map([
  ...(['Return', 'Loop', 'Unreachable', 'memory.size'] as const).map((n) => [n, 1] as const),
  ...(['Entry', 'ContinueLoop', 'ContinueLoopIf', 'Branch', 'If_r', 'BranchIf_r'] as const).map(
    (n) => [n, 2] as const,
  ),
  ...(['If_s', 'BranchIf_s', 'BranchIfPrologue_s', 'Call', 'BranchTable', 'Const32'] as const).map(
    (n) => [n, 3] as const,
  ),
  ...(['memory.copy', 'memory.fill'] as const).map((n) => [n, 3] as const),
  ['BranchIfPrologue_r', 2],
  ['Const64', 4],
  ['CallIndirect', 6],
] as [string, number][]);

/** An operation and what follows it, in words. Exact for integer kernels: a test compares with the real translator. */
export function wasm3Words(handler: string): number {
  if (handler.startsWith('+')) return 0;
  const fixed = words.get(handler);
  if (fixed !== undefined) return fixed;
  if (/^(SetSlot|SetRegister)/.test(handler)) return 2;
  if (/^(CopySlot|PreserveSet|GetGlobal|SetGlobal_s)/.test(handler)) return 3;
  if (handler.startsWith('PreserveCopy')) return 4;
  if (handler.startsWith('SetGlobal')) return 2;
  const slots = (handler.split(':').at(-1) ?? '').split('s').length - 1;
  return (/\.(load|store)/.test(handler) ? 2 : 1) + slots;
}

export interface TranslatedWasm3 {
  words: number;
  pages: Estimate;
  bytes: Estimate;
}

export function translatedWasm3(analysis: ModuleAnalysis): TranslatedWasm3 {
  let count = 0;
  let constants = 0;
  for (const f of analysis.functions) {
    const { handlers, taken, entry } = translationOf(analysis, f, 'wasm3');
    for (const h of [...handlers.flat(), ...[...taken.values()].flat(), ...entry]) count += wasm3Words(h);
    for (const i of f.wasm.body) if (i.name === 'br_table') count += i.labels.length;
    const cells = entry.filter((h) => h === '+constant').length;
    if (cells > 0) constants += Math.ceil(cells / 2) * 8 + 8;
  }
  const pagesOf = (used: number): number => Math.ceil(count / used);
  const pages: Estimate = {
    value: pagesOf(USED_WORDS.value),
    low: pagesOf(USED_WORDS.low),
    // A function that is translated while its caller is takes a page of its own.
    high: pagesOf(USED_WORDS.high) + 1,
  };
  const bytes = (n: number): number => n * (PAGE + PAGE_OVERHEAD) + constants;
  return {
    words: count,
    pages,
    bytes: { value: bytes(pages.value), low: bytes(pages.low) - 16, high: bytes(pages.high) },
  };
}
