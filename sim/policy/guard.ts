/**
 * What a host does with the decisions of a kernel: locks after rejections, locks when decisions stop coming, hands on the kernel's request for new training. A guard knows no owner:
 * it sees times and answers of decide().
 */

/** As in the pipeline file (`policy`). */
export interface Policy {
  /** Time between two decisions that count, in seconds; windows between them are not looked at. */
  decideEverySeconds: number;
  /** Locks when so many of the last `of` decisions were rejections. */
  lock: { rejections: number; of: number };
  /** Locks when no decision came for so long: a device was taken off, or is out of reach. */
  silenceSeconds: number;
}

export type GuardEvent =
  { kind: 'locked'; atS: number; because: 'rejections' | 'silence' } | { kind: 'retrain'; atS: number };

export interface Guard {
  /** An answer of decide(): 1 accepts, everything else does not (a suspended kernel has rejected). */
  decided(atS: number, answer: number, asksForTraining?: boolean): GuardEvent[];
  /** Time goes on without a decision. */
  waited(atS: number): GuardEvent[];
  /** The owner was made sure of by other means. */
  unlocked(atS: number): void;
  readonly locked: boolean;
}

/** A guard that begins unlocked at time 0. */
export function createGuard(policy: Policy): Guard {
  const { rejections, of } = policy.lock;
  let recent: boolean[] = [];
  let lastS = 0;
  let locked = false;
  let asked = false;
  const lock = (atS: number, because: 'rejections' | 'silence'): GuardEvent[] => {
    locked = true;
    recent = [];
    return [{ kind: 'locked', atS, because }];
  };
  const silent = (atS: number): GuardEvent[] =>
    !locked && atS - lastS > policy.silenceSeconds ? lock(lastS + policy.silenceSeconds, 'silence') : [];
  return {
    get locked() {
      return locked;
    },
    decided(atS, answer, asksForTraining = false) {
      const events = silent(atS);
      lastS = atS;
      // A request is handed on once, and only while the device is the owner's.
      if (asksForTraining && !asked && !locked) events.push({ kind: 'retrain', atS });
      asked = asksForTraining;
      if (locked) return events;
      recent = [...recent, answer !== 1].slice(-of);
      return recent.filter(Boolean).length >= rejections ? [...events, ...lock(atS, 'rejections')] : events;
    },
    waited: silent,
    unlocked(atS) {
      locked = false;
      lastS = atS;
      recent = [];
    },
  };
}
