/**
 * Impostor takeover: the owner hands the device over, unwillingly, at the beginning of a session of somebody else. The first decision on that person's motion alone comes one window later, the next
 * ones hop by hop; until then windows hold both people's motion and nothing is decided (the device was put down and taken up).
 */
import { createGuard, type GuardEvent, type Policy } from './guard.ts';

/** Decisions on windows that follow each other by one hop, as one kernel made them. */
export interface Session {
  /** Whose motion it is. */
  person: string;
  /** Whose kernel decided. */
  owner: string;
  /** Answers of decide(), 1 for accepted. */
  answers: readonly number[];
  /** Whether the kernel asked for new training, decision by decision. */
  asks: readonly boolean[];
}

export interface Timing {
  windowSeconds: number;
  hopSeconds: number;
}

export interface Takeovers {
  /** Sessions of others that met a kernel of somebody. */
  count: number;
  /** Seconds until the lock, sorted; Infinity where the session ended before. */
  lockedAfterS: number[];
  /** Requests for new training that impostors raised. */
  retrainRequests: number;
}

export function takeovers(sessions: readonly Session[], policy: Policy, timing: Timing): Takeovers {
  const others = sessions.filter(({ person, owner }) => person !== owner);
  const played = others.map((session) => play(session, policy, timing));
  return {
    count: others.length,
    lockedAfterS: played.map(lockedAt).sort((a, b) => a - b),
    retrainRequests: played.flat().filter(({ kind }) => kind === 'retrain').length,
  };
}

const lockedAt = (events: readonly GuardEvent[]): number =>
  events.find(({ kind }) => kind === 'locked')?.atS ?? Infinity;

/** Everything that a fresh guard says to a session. */
export function play(session: Session, policy: Policy, timing: Timing): GuardEvent[] {
  const guard = createGuard(policy);
  // Until the first window is whole the guard waits for it.
  guard.unlocked(timing.windowSeconds - timing.hopSeconds);
  const every = stepOf(policy, timing);
  return session.answers.flatMap((answer, i) =>
    i % every === 0
      ? guard.decided(timing.windowSeconds + i * timing.hopSeconds, answer, session.asks[i])
      : [],
  );
}

/** Windows from one decision to the next. */
export const stepOf = (policy: Policy, { hopSeconds }: Timing): number =>
  Math.max(1, Math.round(policy.decideEverySeconds / hopSeconds));

/** Share of the takeovers that are locked out within so many seconds. */
export const lockedWithin = ({ lockedAfterS }: Takeovers, seconds: number): number =>
  lockedAfterS.filter((s) => s <= seconds + 1e-9).length / lockedAfterS.length;
