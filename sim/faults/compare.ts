/** Decisions with faults beside those without: which faults touched each window, and what came of it. */
import type { Fault } from './fault-file.ts';
import type { HostDecision } from './host.ts';

export interface ComparedDecision {
  atS: number;
  /** Without faults; null: there was no window then. */
  clean: number | null;
  /** With faults; null: the decision is lost. A negative value is the kernel's status. */
  faulted: number | null;
  outcome: Outcome;
  /** Kinds of faults that touched the window, or the filters just before it. */
  marks: Fault['kind'][];
}

/**
 * `same` and `changed` compare values; `refused`: the kernel answered with a status where it had decided; `lost`: no window
 * was complete in time; `extra`: a window that the clean run did not have.
 */
export type Outcome = 'same' | 'changed' | 'refused' | 'lost' | 'extra';

export interface Timing {
  hopSeconds: number;
  windowSeconds: number;
  /** How long the kernel's filters remember a sample. */
  filterMemorySeconds: number;
}

/** Pairs decisions by time, at most half a hop apart, each once. */
export function compareDecisions(
  clean: readonly HostDecision[],
  faulted: readonly HostDecision[],
  faults: readonly Fault[],
  { hopSeconds, windowSeconds, filterMemorySeconds }: Timing,
): ComparedDecision[] {
  const free = new Set(clean);
  const behindS = Math.max(windowSeconds, filterMemorySeconds);
  const felt = ({ windowFromS, atS }: HostDecision) => marksOf(windowFromS, atS, faults, behindS);
  // A template made of windows that a fault touched decides with it from then on.
  const template = faulted.filter(({ enrolled }) => enrolled).flatMap(felt);
  const marks = (decision: HostDecision) => [...new Set([...felt(decision), ...template])];
  const compared = faulted.map((decision): ComparedDecision => {
    const partner = nearest(free, decision.atS, hopSeconds / 2);
    if (partner) free.delete(partner);
    const outcome: Outcome = !partner
      ? 'extra'
      : partner.value === decision.value
        ? 'same'
        : decision.value < 0
          ? 'refused'
          : 'changed';
    return {
      atS: decision.atS,
      clean: partner?.value ?? null,
      faulted: decision.value,
      outcome,
      marks: marks(decision),
    };
  });
  const lost = [...free].map((decision): ComparedDecision => ({
    atS: decision.atS,
    clean: decision.value,
    faulted: null,
    outcome: 'lost',
    marks: marks(decision),
  }));
  return [...compared, ...lost].sort((a, b) => a.atS - b.atS);
}

function nearest(free: ReadonlySet<HostDecision>, atS: number, within: number): HostDecision | undefined {
  let best: HostDecision | undefined;
  for (const candidate of free) {
    const distance = Math.abs(candidate.atS - atS);
    if (distance <= within && (!best || distance < Math.abs(best.atS - atS))) best = candidate;
  }
  return best;
}

/**
 * Faults that a window can have felt. Filters and the place of windows remember: a fault marks everything from its start
 * until `behindS` behind its end. Drift and jitter are always there. A lost template stays lost.
 */
function marksOf(fromS: number, toS: number, faults: readonly Fault[], behindS: number): Fault['kind'][] {
  const kinds = faults
    .filter((fault) => {
      if (fault.kind === 'jitter' || fault.kind === 'clock-drift') return true;
      if (fault.kind === 'radio-loss') return false;
      const [start, end] =
        fault.kind === 'brown-out' ? [fault.atS, Infinity] : [fault.fromS, endOf(fault, behindS)];
      return toS >= start && fromS <= end;
    })
    .map(({ kind }) => kind);
  return kinds;
}

/** Samples that did not come move all windows behind them. */
const endOf = (fault: Extract<Fault, { fromS: number }>, behindS: number): number =>
  fault.kind === 'dropout' && fault.shows === 'nothing' ? Infinity : fault.toS + behindS;
