/**
 * gcc's list scheduler (schedule_block and rank_for_schedule of haifa-sched.c). Before registers are given out, what raises the pressure least goes first, a cycle that it has to wait counting as one
 * of its cost, and the units of the core are not asked; behind, what can begin goes by its chain, and two go together where that fills a cycle (max_issue, for two).
 */
import type { Pressure } from '../pressure.ts';
import type { Dependences, Link } from './dependences.ts';
import type { Pipeline } from './pipeline.ts';
import type { Unit } from './units.ts';

export interface Stretch {
  units: readonly Unit[];
  pipeline: Pipeline;
  dependences: Dependences;
  /** Cycle before which each cannot begin. */
  earliest: number[];
  /** Before registers are given out: the pressure, in which these units are those from `first` on. */
  pressure: Pressure | null;
  first: number;
}

export function listSchedule({ units, pipeline, dependences, earliest, pressure, first }: Stretch): Unit[] {
  const { from, waiting, priority } = dependences;
  const result: Unit[] = [];
  const ready = units.map((_, i) => i).filter((i) => waiting[i] === 0);
  const reserved = pipeline.reservations();
  const latency = units.map((u) => pipeline.latency(u));
  const costs = new Array<number>(units.length).fill(0);
  let last = new Map<number, Link>();
  let clock = 0;

  /** Data of the instruction before, where they take more than a cycle, are worst (1), other dependences on it next. */
  const relation = (i: number): number => {
    const link = last.get(i);
    return !link || link.latency === 1 ? 3 : link.flow ? 1 : 2;
  };
  const wait = (i: number): number => Math.max(0, earliest[i]! - clock);
  const compare = (i: number, j: number): number =>
    (pressure && (costs[i]! + wait(i) - costs[j]! - wait(j) || wait(i) - wait(j))) ||
    priority[j]! - priority[i]! ||
    relation(j) - relation(i) ||
    from[j]!.length - from[i]!.length ||
    latency[j]! - latency[i]! ||
    i - j;

  const issue = (i: number): void => {
    ready.splice(ready.indexOf(i), 1);
    result.push(units[i]!);
    reserved.take(units[i]!);
    pressure?.done(first + i);
    last = new Map(from[i]!.map((l) => [l.to, l]));
    for (const { to, latency: cycles } of from[i]!) {
      earliest[to] = Math.max(earliest[to]!, clock + cycles);
      if (--waiting[to]! === 0) ready.push(to);
    }
  };

  /** In the first place of a cycle, what can only go there is put in front of what may also go second. */
  const reorder = (order: number[]): void => {
    const at = (place: 'older' | 'younger') =>
      order.findIndex((i) => pipeline.placeInPair?.(units[i]!) === place);
    const [older, younger] = [at('older'), at('younger')];
    if (older < 0 || younger < 0 || younger > older) return;
    order.splice(younger, 0, ...order.splice(older, 1));
  };

  for (; ready.length > 0; clock++, reserved.advance()) {
    for (let place = 0; place < pipeline.issue && ready.length > 0 && !reserved.full(); place++) {
      let order = ready;
      if (pressure) for (const i of ready) costs[i] = pressure.cost(first + i);
      else order = ready.filter((i) => earliest[i]! <= clock && reserved.fits(units[i]!));
      if (order.length === 0) break;
      order = order.toSorted(compare);
      if (place === 0) reorder(order);
      let best = order[0]!;
      if (!pressure && place === 0 && pipeline.issue > 1) best = beginsPair(order, units, pipeline);
      if (earliest[best]! > clock) break;
      issue(best);
    }
  }
  return result;
}

/** The first in order, or the second if only behind that the first can go along. */
function beginsPair(order: readonly number[], units: readonly Unit[], pipeline: Pipeline): number {
  const [a, b] = order;
  if (b === undefined) return a!;
  const follows = (i: number, j: number): boolean => {
    const state = pipeline.reservations();
    state.take(units[i]!);
    return !state.full() && state.fits(units[j]!);
  };
  if (order.some((j) => j !== a && follows(a!, j))) return a!;
  const alone = pipeline.reservations();
  alone.take(units[a!]!);
  return !alone.full() && follows(b, a!) ? b : a!;
}
