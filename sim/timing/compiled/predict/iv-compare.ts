/**
 * Tests of a loop's counter beside the one that ends the loop (predict_iv_comparison of predict.c): between constants the share of the rounds says how likely they are, else an inequality holds.
 */
import { resolve, type Block, type LoopNode } from '../ir.ts';
import { isConstantForm, type Evolution, type Evolutions } from '../linear.ts';
import { inverted, isComparison } from '../simplify.ts';
import { base } from './combine.ts';
import { guess, type Spot } from './skeleton.ts';

/** PRED_LOOP_IV_COMPARE_GUESS. */
const unequal = 6400;

/** A counter beside what does not change in the loop. */
interface Test {
  op: string;
  counter: Evolution;
  bound: Evolution;
}

/** From where to where a loop counts; `closed` where the bound counts, too. */
interface Range {
  from: number;
  to: number;
  rounds: number;
}

export function guessTests(loop: LoopNode, body: readonly Spot[], evolutions: Evolutions): void {
  const ends = testOf(loop.header, evolutions);
  if (!ends || loop.header.term.edges.every((e) => loop.blocks.has(e.to))) return;
  const range = rangeOf(loop, ends);
  for (const s of body) {
    if (!s.block || s.out.length !== 2 || s.guesses.some((g) => /^loop (iterations|exit)/.test(g.predictor)))
      continue;
    const test = testOf(s.block, evolutions);
    const yes = test && s.out.find((w) => w.edge === s.block!.term.edges[0]);
    if (!yes) continue;
    if (test.op === 'ne') guess(yes, 'loop iv compare', unequal);
    else if (test.op === 'eq') guess(yes, 'loop iv compare', base - unequal);
    else {
      const share = range && shareOf(test, range);
      if (share !== null) guess(yes, 'loop iv compare exactly', share);
    }
  }
}

function testOf({ term }: Block, evolutions: Evolutions): Test | null {
  const test = term.kind === 'branch' ? resolve(term.condition) : null;
  if (!test || !isComparison(test) || test.args[0]!.type !== 'i32') return null;
  const [x, y] = test.args.map((a) => evolutions.of(a));
  if (!x || !y || !isConstantForm(x.step) || !isConstantForm(y.step)) return null;
  if ((x.step.constant === 0) === (y.step.constant === 0)) return null;
  if (x.step.constant !== 0) return { op: test.op, counter: x, bound: y };
  return { op: /^(eq|ne)$/.test(test.op) ? test.op : inverted(test.op), counter: y, bound: x };
}

/** By then a test for less has become one for inequality where the steps come to the bound (evrp). */
function rangeOf(loop: LoopNode, { op, counter, bound }: Test): Range | null {
  if (!isConstantForm(counter.base) || !isConstantForm(bound.base)) return null;
  const stays = loop.blocks.has(loop.header.term.edges[0]!.to) ? op : inverted(op);
  const [from, step] = [counter.base.constant, counter.step.constant];
  const end = bound.base.constant + (/^[lg]e_/.test(stays) ? Math.sign(step) : 0);
  const steps = (end - from) / step;
  if (Number.isInteger(steps)) return { from, to: end, rounds: steps };
  return { from, to: end - Math.sign(step), rounds: Math.ceil(steps) };
}

/** Share of the rounds, in ten thousandths; comparisons with constants are greater or less-or-equal. */
function shareOf({ op, counter, bound }: Test, { from, to, rounds }: Range): number | null {
  if (!isConstantForm(bound.base) || !isConstantForm(counter.base) || counter.base.constant !== from)
    return null;
  const step = counter.step.constant;
  const less = op.startsWith('l');
  const limit = bound.base.constant - (/^(ge|lt)_/.test(op) ? 1 : 0);
  const count = step > 0 === less ? (limit - from) / step : (to - limit) / step;
  const of = Math.max(0, Math.trunc(count) + (less ? 1 : 0));
  if (rounds <= 0) return 0;
  return of > rounds ? base : Math.floor((of * base) / rounds);
}
