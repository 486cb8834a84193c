/**
 * What is one instruction to gcc while registers are given out, and becomes several behind that: conditional moves with the move before them (*thumb2_movsicc_insn), truth values, minima and maxima with what they compare (*compare_scc, *thumb2_sminsi3), pairs of comparisons (*cmp_ior, *cmp_and), and products that are added to another value of 64 bits, with the moves of that (*smlalv).
 */
import type { Machine } from '../machine.ts';

/** By each instruction, the first of those that are one with it. */
export function wholes(code: readonly Machine[]): readonly number[] {
  const first: number[] = [];
  code.forEach((_, at) => {
    const before = code[at - 1];
    first.push(before && isOneWith(code, at) ? first[at - 1]! : at);
  });
  return first;
}

function isOneWith(code: readonly Machine[], at: number): boolean {
  const m = code[at]!;
  const before = code[at - 1]!;
  if (before.kind === 'if-then') return true;
  if (goesWithProduct(code, at)) return true;
  if (m.text === 'mov choice') return before.kind === 'compare' && isLimit(before, m.uses[0]!, code[at + 2]);
  if (m.kind !== 'if-then') return goesOn(m, before);
  const [next, afterNext] = [code[at + 1], code[at + 2]];
  if (before.text === 'mov choice') return next !== undefined && goesOn(next, before);
  if (before.kind !== 'compare' || !next) return false;
  if (next.kind === 'compare' || isLimit(before, next.defs[0]!, next)) return true;
  return next.text === 'mov<cc> #1' && afterNext !== undefined && goesOn(afterNext, next);
}

const addsWide = (m: Machine): boolean => m.kind === 'multiply' && m.accumulator >= 0 && m.defs.length === 2;

/** The second of two moves to the words that a product is added to, or the product behind them. */
function goesWithProduct(code: readonly Machine[], at: number): boolean {
  const end = code[at]?.copy ? at + 1 : at;
  const product = code[end];
  if (!product || !addsWide(product) || end < 2) return false;
  const words = [code[end - 2]!, code[end - 1]!].map((m) => (m.copy && !m.conditional ? m.defs[0]! : -1));
  return product.defs.every((d) => words.includes(d));
}

/** Whether an instruction only puts a word where its whole, a product, adds to it. */
export const feedsProduct = (code: readonly Machine[], at: number): boolean =>
  code[at]!.copy && (goesWithProduct(code, at) || goesWithProduct(code, at + 1));

/** The smaller or larger of two that are compared (noce_try_minmax). */
function isLimit(compare: Machine, one: number, move: Machine | undefined): boolean {
  if (move?.text !== 'mov<cc>' || compare.uses.length !== 2 || !compare.uses.includes(one)) return false;
  const other = move.uses.find((u) => u !== move.defs[0]);
  return other !== undefined && other !== one && compare.uses.includes(other);
}

/** Puts something else into the same register under a condition. */
const goesOn = (m: Machine, before: Machine): boolean =>
  m.conditional && before.readsFlags && m.defs.length > 0 && m.defs[0] === before.defs[0];
