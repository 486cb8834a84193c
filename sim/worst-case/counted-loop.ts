/**
 * Loops that only count: every variable grows by a constant each turn, and one comparison ends the loop. How often they
 * run follows without walking them.
 *
 *   turn   loop { passes, steps, br_if 0 }               the comparison comes last
 *   head   loop { passes, if { passes, steps, br 1 } }   it comes first
 */
import type { Evaluate, Expression } from './expression.ts';
import type { Value } from './value.ts';
import type { Item } from './item.ts';

export interface CountedLoop {
  /** Blocks passed each time that the comparison is made, and each time that it holds. */
  always: number[];
  held: number[];
  steps: [variable: number, by: number][];
  condition: Evaluate;
  conditionFirst: boolean;
  /** Variables of the comparison. */
  compared: number[];
}

const ordered = /^i32\.(lt|gt|le|ge)_[su]$/;
const MOST = 2 ** 30;
const nowhere = { readOnly: [], hits: new Set<object>(), horizon: Infinity };

export function countedLoop(body: readonly Item[]): CountedLoop | undefined {
  const always: number[] = [];
  const held: number[] = [];
  const steps = new Map<number, number>();
  const straight = (items: readonly Item[], passes: number[]): boolean =>
    items.every((item) => {
      if (item.kind === 'pass') {
        passes.push(item.block);
        return true;
      }
      const by = item.kind === 'assign' ? stepOf(item.variable, item.expression) : undefined;
      if (item.kind !== 'assign' || by === undefined || steps.has(item.variable)) return false;
      steps.set(item.variable, by);
      return true;
    });
  const last = body.at(-1);
  if (!last || !('condition' in last) || !comparison(last.expression)) return undefined;
  const before = body.slice(0, -1);
  const made = (conditionFirst: boolean): CountedLoop => ({
    always,
    held,
    steps: [...steps],
    condition: last.condition,
    conditionFirst,
    compared: variables(last.expression),
  });
  if (last.kind === 'branchIf' && last.depth === 0) return straight(before, always) ? made(false) : undefined;
  if (last.kind !== 'if' || last.otherwise.length > 0) return undefined;
  const end = last.body.at(-1);
  if (end?.kind !== 'branch' || end.depth !== 1) return undefined;
  if (!before.every((item) => item.kind === 'pass')) return undefined;
  return straight(before, always) && straight(last.body.slice(0, -1), held) ? made(true) : undefined;
}

function comparison(e: Expression): boolean {
  return e.kind === 'operator' && ordered.test(e.name) && e.args.every((a) => linear(a));
}

const linear = (e: Expression): boolean =>
  e.kind === 'operator' ? /^i32\.(add|sub)$/.test(e.name) && e.args.every(linear) : e.kind !== 'load';

function variables(e: Expression): number[] {
  if (e.kind === 'variable') return [e.index];
  return e.kind === 'operator' ? e.args.flatMap(variables) : [];
}

/** v = v + constant. */
function stepOf(variable: number, e: Expression): number | undefined {
  if (e.kind !== 'operator' || !/^i32\.(add|sub)$/.test(e.name)) return undefined;
  const [a, b] = e.args as [Expression, Expression];
  if (a.kind !== 'variable' || a.index !== variable || b.kind !== 'constant') return undefined;
  if (typeof b.value !== 'number') return undefined;
  return e.name === 'i32.add' ? b.value : -b.value;
}

/** How often the comparison holds in a row; undefined where that has to be walked. Variables are left as after the loop. */
export function timesHeld(loop: CountedLoop, start: Value[]): number | undefined {
  if (!loop.compared.every((v) => typeof start[v] === 'number')) return undefined;
  const after = (turns: number): Value[] | undefined => {
    const moved = [...start];
    for (const [v, by] of loop.steps) {
      const from = start[v];
      if (typeof from !== 'number') continue;
      const to = from + turns * by;
      if (loop.compared.includes(v) && Math.abs(to) >= MOST) return undefined;
      moved[v] = to | 0;
    }
    return moved;
  };
  // Turn k asks after k steps where the comparison comes first, after k + 1 where it comes last.
  const holds = (k: number): boolean | undefined => {
    const moved = after(loop.conditionFirst ? k : k + 1);
    const value = moved && loop.condition(moved, nowhere);
    return value === undefined ? undefined : value !== 0;
  };
  if (loop.compared.some((v) => Math.abs(start[v] as number) >= MOST)) return undefined;
  let low = -1;
  let high = 1;
  for (;;) {
    const at = holds(high - 1);
    if (at === undefined) return undefined;
    if (!at) break;
    low = high - 1;
    high *= 2;
  }
  // Holds at `low`, fails at `high - 1`; between numbers that grow evenly an order changes once.
  let fails = high - 1;
  while (fails - low > 1) {
    const middle = (low + fails) >> 1;
    if (holds(middle)) low = middle;
    else fails = middle;
  }
  const moved = after(loop.conditionFirst ? fails : fails + 1)!;
  moved.forEach((v, i) => (start[i] = v));
  return fails;
}
