/**
 * What a multiplication by a constant costs where induction variables are chosen (tree-ssa-loop-ivopts.cc, mult_by_coeff_cost): the cheaper of steps of shifts and additions (expmed.cc, synth_mult and
 * choose_mult_variant) and of the multiplication itself. Where code is made small, one operation a word.
 */
import { isPowerOfTwo } from '../lower/facts.ts';

export interface MultiplePrices {
  /** Additions of a shifted register that are no dearer than a multiplication (sim/cores): with none, a multiplication is one operation, else two. */
  shiftAdds: number;
  /** The loop runs so rarely that its code is made small. */
  small: boolean;
}

export const operation = 4;
const wordBits = 32;

/** Of values of so many bits. */
export const additionCost = (bits: number): number =>
  bits > wordBits ? 2 * operation : bits === wordBits ? operation : operation + 1;

/** The shift of an operand costs no more than the addition (get_shiftadd_cost). */
export const addsShifted = ({ shiftAdds, small }: MultiplePrices): boolean => small || shiftAdds > 1;

export function multipleCost(factor: number, bits: number, prices: MultiplePrices): number {
  if (factor === 1) return 0;
  if (prices.small) return bits > wordBits ? 2 * operation : operation;
  return bits === wordBits ? ofWords(factor, prices) : cheapest(factor, bits > wordBits, prices);
}

function ofWords(factor: number, { shiftAdds }: MultiplePrices): number {
  if (shiftAdds === 0 || factor === -1 || isPowerOfTwo(factor)) return operation;
  const isOneStep =
    shiftAdds > 1 && (isPowerOfTwo(factor - 1) || isPowerOfTwo(factor + 1) || isPowerOfTwo(1 - factor));
  return isOneStep ? operation : 2 * operation;
}

/** Operations on values of two words, or of bytes and halfwords. */
interface Steps {
  add: number;
  negate: number;
  shift: number;
  shiftAdd: number;
  multiply: number;
}

/** Cores that add a shifted register in one operation shift 64 bits by three (arm.cc, arm_rtx_costs_internal), others by five. */
const wideSteps = (shiftAdds: number): Steps =>
  shiftAdds > 1
    ? { add: 8, negate: 12, shift: 12, shiftAdd: 20, multiply: 76 }
    : { add: 8, negate: 12, shift: 20, shiftAdd: 28, multiply: 80 };

const narrowSteps = (shiftAdds: number): Steps =>
  shiftAdds > 1
    ? { add: 5, negate: 4, shift: 4, shiftAdd: 4, multiply: 80 }
    : { add: 5, negate: 5, shift: 4, shiftAdd: 8, multiply: 80 };

const known = new Map<string, number>();

function cheapest(factor: number, wide: boolean, { shiftAdds }: MultiplePrices): number {
  const key = `${factor} ${wide} ${shiftAdds}`;
  let cost = known.get(key);
  if (cost === undefined) {
    const s = (wide ? wideSteps : narrowSteps)(shiftAdds);
    const steps = new Synthesis(s);
    cost = Math.min(
      s.multiply,
      steps.of(factor, s.multiply),
      steps.of(-factor, s.multiply) + s.negate,
      steps.of(factor - 1, s.multiply) + s.add,
    );
    known.set(key, cost);
  }
  return cost;
}

/** The cheapest steps to a multiple. */
class Synthesis {
  private readonly s: Steps;
  private readonly found = new Map<string, number>();

  constructor(s: Steps) {
    this.s = s;
  }

  /** Infinity where nothing is below the limit. */
  of(t: number, limit: number): number {
    if (t === 0) return 0;
    if (limit <= 0) return Infinity;
    if (t === 1) return 0;
    const key = `${t} ${limit}`;
    let best = this.found.get(key);
    if (best === undefined) this.found.set(key, (best = this.search(t, limit)));
    return best;
  }

  private search(t: number, limit: number): number {
    const { add, shift, shiftAdd } = this.s;
    let best = Infinity;
    const attempt = (rest: number, step: number): void => {
      const cost = this.of(rest, Math.min(best, limit) - step) + step;
      if (cost < Math.min(best, limit)) best = cost;
    };
    if (t % 2 === 0) {
      const m = zeros(t);
      attempt(t / 2 ** m, Math.min(m * add, shift));
      return best;
    }
    if (isPowerOfTwo(1 - t) && t < -1 && shiftAdd < limit) best = shiftAdd;
    // Behind two ones or more it is cheaper to take one from the next power.
    attempt(zeros(t + 1) > 1 && t !== 3 ? t + 1 : t - 1, add);
    if (t < 0) return best;
    for (let m = Math.floor(Math.log2(t - 1)); m >= 2; m--) {
      const d = [2 ** m + 1, 2 ** m - 1].find((x) => t > x && t % x === 0);
      if (d === undefined) continue;
      attempt(t / d, shiftAdd);
      break;
    }
    attempt((t - 1) / 2 ** zeros(t - 1), shiftAdd);
    attempt((t + 1) / 2 ** zeros(t + 1), shiftAdd);
    return best;
  }
}

/** Zeros at the lower end. */
function zeros(t: number): number {
  let n = 0;
  for (let x = Math.abs(t); x > 0 && x % 2 === 0; x /= 2) n++;
  return n;
}
