/**
 * What the analysis knows of an i32: an affine form c + sum of k_i s_i over symbols, modulo 2^32. A symbol stands for an
 * unknown integer in a range: an iteration count, a parameter, a byte that was loaded.
 *
 *     pointer in a loop that walks 4-byte items  =  1024 + 4 i,  i in 0 .. 99
 *
 * Constants and factors are kept as signed 32-bit integers.
 */

export interface Range {
  lo: number;
  hi: number;
}

export interface Symbol {
  /** Grows with creation: a symbol is invariant in a loop when it is older than the loop. */
  readonly id: number;
  readonly lo: number;
  readonly hi: number;
}

export interface Affine {
  readonly constant: number;
  /** Symbols with a factor other than zero, in the order of their ids. */
  readonly terms: readonly (readonly [Symbol, number])[];
}

export const MODULUS = 2 ** 32;
export const HALF = 2 ** 31;

export const constant = (value: number): Affine => ({ constant: value | 0, terms: [] });
export const variable = (symbol: Symbol): Affine => ({ constant: 0, terms: [[symbol, 1]] });
export const isConstant = (a: Affine): boolean => a.terms.length === 0;

export function add(a: Affine, b: Affine): Affine {
  if (b.terms.length === 0) return { constant: (a.constant + b.constant) | 0, terms: a.terms };
  if (a.terms.length === 0) return { constant: (a.constant + b.constant) | 0, terms: b.terms };
  const terms: [Symbol, number][] = [];
  let i = 0;
  let j = 0;
  while (i < a.terms.length || j < b.terms.length) {
    const left = a.terms[i];
    const right = b.terms[j];
    if (!right || (left && left[0].id < right[0].id)) {
      terms.push([left[0], left[1]]);
      i++;
    } else if (!left || right[0].id < left[0].id) {
      terms.push([right[0], right[1]]);
      j++;
    } else {
      const factor = (left[1] + right[1]) | 0;
      if (factor !== 0) terms.push([left[0], factor]);
      i++;
      j++;
    }
  }
  return { constant: (a.constant + b.constant) | 0, terms };
}

export function scale(a: Affine, factor: number): Affine {
  if ((factor | 0) === 0) return constant(0);
  if (factor === 1) return a;
  const terms = a.terms.map(([s, k]) => [s, Math.imul(k, factor)] as const).filter(([, k]) => k !== 0);
  return { constant: Math.imul(a.constant, factor), terms };
}

export const subtract = (a: Affine, b: Affine): Affine => add(a, scale(b, -1));

export function equal(a: Affine, b: Affine): boolean {
  if (a === b) return true;
  if (a.constant !== b.constant || a.terms.length !== b.terms.length) return false;
  return a.terms.every(([s, k], i) => s === b.terms[i][0] && k === b.terms[i][1]);
}

/** Replaces symbols by forms. */
export function substitute(a: Affine, replacements: ReadonlyMap<Symbol, Affine>): Affine {
  if (!a.terms.some(([s]) => replacements.has(s))) return a;
  return a.terms.reduce<Affine>((sum, [s, k]) => add(sum, scale(replacements.get(s) ?? variable(s), k)), {
    constant: a.constant,
    terms: [],
  });
}

/** The factor of one symbol. */
export const factorOf = (a: Affine, symbol: Symbol): number => a.terms.find(([s]) => s === symbol)?.[1] ?? 0;

/** The symbol of a form that is nothing but one symbol. */
export const onlySymbol = (a: Affine): Symbol | undefined =>
  a.constant === 0 && a.terms.length === 1 && a.terms[0][1] === 1 ? a.terms[0][0] : undefined;
