/**
 * Multiples of 64 bits by a small constant: gcc takes a product of two 64-bit numbers for a call of the library, 20 instructions (LIBCALL_COST of arm.cc), so whatever
 * shifts and sums are fewer take its place (synth_mult of expmed.cc, without the products that share a shift with their sum).
 *
 *   31 x = (x << 5) - x        1000 x = (((31 x) << 2) + x) << 3        1000003 x takes more than 20
 */
import type { Lowering } from './lowering.ts';

/** How a multiple is made from a smaller one, m: m << by, m +- x, (m << by) +- m. */
type Step = { from: number; by: number } & ({ kind: 'shift' } | { kind: 'term' | 'factor'; sign: 1 | -1 });

interface Recipe {
  cost: number;
  steps: Step[];
}

/** Instructions that gcc takes a product for, a sum, and a shift; the last where two doublings are preferred to it. */
const PRODUCT = 21; // steps of 20 take its place
const SUM = 2;
const SHIFT = 3;
const DEAR_SHIFT = 5;

/** The steps of a multiple, null where a product is cheaper. */
export function wideMultiple(multiple: number, doublings: number): Step[] | null {
  const recipe = search(multiple, PRODUCT, doublings);
  return recipe && recipe.cost < PRODUCT ? recipe.steps : null;
}

function shiftCost(by: number, doublings: number): number {
  if (by <= doublings) return SUM * by;
  return doublings > 1 ? DEAR_SHIFT : SHIFT;
}

/** What was found below a limit, by multiple and what doublings cost. */
const known = new Map<string, { limit: number; best: Recipe | null }>();

/** Null where it takes `limit` or more. */
function search(t: number, limit: number, doublings: number): Recipe | null {
  if (t === 1) return limit > 0 ? { cost: 0, steps: [] } : null;
  if (limit <= SUM || t < 1) return null;
  const key = `${t} ${doublings}`;
  const before = known.get(key);
  if (before && (before.best || before.limit >= limit))
    return before.best && before.best.cost < limit ? before.best : null;
  let best: Recipe | null = null;
  const offer = (step: Step, own: number): void => {
    const below = (best?.cost ?? limit) - own;
    const rest = search(step.from, below, doublings);
    if (rest && rest.cost < below) best = { cost: rest.cost + own, steps: [...rest.steps, step] };
  };
  const zeros = trailingZeros(t);
  if (zeros > 0) offer({ kind: 'shift', from: t / 2 ** zeros, by: zeros }, shiftCost(zeros, doublings));
  else
    for (let by = Math.floor(Math.log2(t)); by >= 2; by--)
      for (const sign of [1, -1] as const) {
        const factor = 2 ** by + sign;
        if (t % factor === 0 && t > factor)
          offer({ kind: 'factor', sign, from: t / factor, by }, SUM + shiftCost(by, doublings));
      }
  for (const sign of [1, -1] as const)
    if (sign === 1 || t % 4 === 3) offer({ kind: 'term', sign, from: t - sign, by: 0 }, SUM);
  known.set(key, { limit, best });
  return best;
}

function trailingZeros(t: number): number {
  let zeros = 0;
  while (t % 2 ** (zeros + 1) === 0) zeros++;
  return zeros;
}

export type Words = [low: number, high: number];

/** Puts a multiple of x where `to` says. */
export function makeMultiple(l: Lowering, to: Words, x: Words, steps: readonly Step[]): void {
  let made = x;
  steps.forEach((step, i) => {
    const next: Words = i === steps.length - 1 ? to : [l.fresh(), l.fresh()];
    if (step.kind === 'shift') shiftUp(l, next, made, step.by);
    else if (step.kind === 'term') sum(l, next, made, x, step.sign);
    else {
      const raised: Words = [l.fresh(), l.fresh()];
      shiftUp(l, raised, made, step.by);
      sum(l, next, raised, made, step.sign);
    }
    made = next;
  });
}

export function sum(l: Lowering, to: Words, a: Words, b: Words, sign: 1 | -1): void {
  const [low, high] = sign === 1 ? ['adds', 'adc'] : ['subs', 'sbc'];
  l.alu(low!, to[0], [a[0], b[0]], { setsFlags: true, wide: 0.3 });
  l.alu(high!, to[1], [a[1], b[1]], { readsFlags: true, wide: 0.7 });
}

export function shiftUp(l: Lowering, to: Words, x: Words, by: number): void {
  if (by <= l.doublings) {
    let from = x;
    for (let k = 1; k <= by; k++) {
      const next: Words = k === by ? to : [l.fresh(), l.fresh()];
      sum(l, next, from, from, 1);
      from = next;
    }
    return;
  }
  const part = l.fresh();
  l.emit('shift', `lsl #${by}`, [part], [x[1]], { immediate: true, wide: 0.3 });
  l.alu(`orr lsr #${32 - by}`, to[1], [part, x[0]], { immediate: true, shifted: true, wide: 1 });
  l.emit('shift', `lsl #${by}`, [to[0]], [x[0]], { immediate: true, wide: 0.3 });
}
