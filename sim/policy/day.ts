/**
 * A day of use: the owner takes the device up again and again, and at one moment somebody else does. Answers are those of a kernel on real windows: sessions of a person are played one behind
 * the other in an order that a seed draws.
 */
import { seeded } from '../faults/random.ts';
import { createGuard, type Policy } from './guard.ts';
import { stepOf, type Session, type Timing } from './takeover.ts';

export interface DayPlan {
  /** Uses of the device. */
  uses: number;
  /** Length of a use in seconds. */
  useSeconds: number;
  /** What the owner needs to unlock again, in seconds. */
  unlockSeconds: number;
  seed: number;
}

export interface PolicyDay {
  owner: string;
  /** Seconds in which the owner used the device, or tried to. */
  usedSeconds: number;
  decisions: number;
  /** Locks while the owner used it. */
  falseLocks: number;
  /** Requests for new training while the owner used it. */
  retrainRequests: number;
  takeover: {
    person: string;
    /** Seconds from taking over to the lock; Infinity when the use ended before. */
    lockedAfterS: number;
    retrainRequests: number;
  } | null;
}

/** One day of one owner. `sessions` are those that the owner's kernel decided; without any of the owner there is no day. */
export function policyDay(
  sessions: readonly Session[],
  policy: Policy,
  timing: Timing,
  plan: DayPlan,
): PolicyDay {
  const random = seeded(plan.seed);
  const [owner] = sessions.map((session) => session.owner);
  const own = sessions.filter(({ person }) => person === owner);
  const others = sessions.filter(({ person }) => person !== owner);
  if (owner === undefined || own.length === 0) throw new Error('a day needs sessions of the owner');
  const takeoverUse = others.length > 0 ? Math.floor(random.uniform() * plan.uses) : -1;
  const day: PolicyDay = {
    owner,
    usedSeconds: 0,
    decisions: 0,
    falseLocks: 0,
    retrainRequests: 0,
    takeover: null,
  };
  const every = stepOf(policy, timing);
  const guard = createGuard(policy);
  const pick = (list: readonly Session[]): Session => list[Math.floor(random.uniform() * list.length)]!;

  for (let use = 0; use < plan.uses; use++) {
    guard.unlocked(0);
    const thief = use === takeoverUse ? pick(others) : undefined;
    let stream = thief ?? pick(own);
    if (thief) day.takeover = { person: thief.person, lockedAfterS: Infinity, retrainRequests: 0 };
    let at = 0;
    for (let t = timing.windowSeconds; t <= plan.useSeconds; t += timing.hopSeconds * every, at += every) {
      while (at >= stream.answers.length) {
        at -= stream.answers.length;
        stream = thief ?? pick(own);
      }
      day.decisions++;
      for (const event of guard.decided(t, stream.answers[at]!, stream.asks[at])) {
        if (event.kind === 'retrain') (thief ? day.takeover! : day).retrainRequests++;
        else if (thief) day.takeover!.lockedAfterS = event.atS;
        else {
          day.falseLocks++;
          t += plan.unlockSeconds;
          guard.unlocked(t);
        }
      }
      if (thief && guard.locked) break;
    }
    if (!thief) day.usedSeconds += plan.useSeconds;
  }
  return day;
}
