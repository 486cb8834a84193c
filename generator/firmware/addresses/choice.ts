/** The value of `select`: what either operand can be where the condition sends control to it. */
import { onlySymbol, type Affine, type Range } from './affine.ts';
import { union } from './range.ts';
import { assume, copyState, joinValues, rangeOf, symbolRange, type State, type Symbols } from './state.ts';
import { negate, type Comparison, type Value } from './value.ts';

export function choose(
  s: State,
  condition: Comparison | undefined,
  yes: Value,
  no: Value,
  symbols: Symbols,
): Value {
  const [whenYes, whenNo] = [copyState(s), copyState(s)];
  if (condition && !assume(whenYes, condition)) return no;
  if (condition && !assume(whenNo, negate(condition))) return yes;
  if (yes.affine) reconsider(whenYes, yes.affine, symbols);
  if (no.affine) reconsider(whenNo, no.affine, symbols);
  const mark = symbols.mark;
  const value = joinValues(whenYes, yes, whenNo, no, symbols);
  const symbol = value.affine && onlySymbol(value.affine);
  if (symbol && symbol.id >= mark && condition && yes.affine && no.affine)
    symbols.origins.set(symbol, { kind: 'choice', condition, yes: yes.affine, no: no.affine });
  return value;
}

/**
 * Narrows a value that was itself chosen, now that more is known: in `x < -9 ? -9 : (x > 9 ? 9 : x)` the inner choice was
 * made before the outer condition held.
 */
function reconsider(s: State, value: Affine, symbols: Symbols): void {
  const symbol = onlySymbol(value);
  const origin = symbol && symbols.origins.get(symbol);
  if (!symbol || origin?.kind !== 'choice') return;
  const arm = (holds: Comparison, form: Affine): Range[] => {
    const state = copyState(s);
    return assume(state, holds) ? [rangeOf(state, form)] : [];
  };
  const arms = [...arm(origin.condition, origin.yes), ...arm(negate(origin.condition), origin.no)];
  if (arms.length === 0) return;
  const narrowed = arms.reduce(union);
  const known = symbolRange(s, symbol);
  if (narrowed.lo >= known.lo && narrowed.hi <= known.hi) s.ranges.set(symbol, narrowed);
}
