import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyDay } from './day.ts';
import { createGuard, type Policy } from './guard.ts';
import { lockedWithin, play, takeovers, type Session } from './takeover.ts';

const policy: Policy = { decideEverySeconds: 1, lock: { rejections: 2, of: 3 }, silenceSeconds: 10 };
const timing = { windowSeconds: 3, hopSeconds: 0.5 };
const session = (person: string, answers: number[], asks = answers.map(() => false)): Session => ({
  person,
  owner: 'owner',
  answers,
  asks,
});

describe('guard', () => {
  it('locks when enough of the last decisions were rejections, and not before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc
          .integer({ min: 1, max: 8 })
          .chain((of) => fc.tuple(fc.integer({ min: 1, max: of }), fc.constant(of))),
        (accepted, [rejections, of]) => {
          const guard = createGuard({ ...policy, lock: { rejections, of } });
          const events = accepted.flatMap((a, i) => guard.decided(i, a ? 1 : 0));
          const expected = accepted.findIndex(
            (_, i) => accepted.slice(Math.max(0, i - of + 1), i + 1).filter((a) => !a).length >= rejections,
          );
          expect(events).toEqual(
            expected < 0 ? [] : [{ kind: 'locked', atS: expected, because: 'rejections' }],
          );
        },
      ),
    );
  });

  it('takes every answer but 1 for a rejection: a suspended kernel has rejected', () => {
    const guard = createGuard(policy);
    expect(guard.decided(0, -6)).toEqual([]);
    expect(guard.decided(1, -6)).toEqual([{ kind: 'locked', atS: 1, because: 'rejections' }]);
  });

  it('locks when decisions stop coming, at the moment at which the patience ends', () => {
    const guard = createGuard(policy);
    guard.decided(4, 1);
    expect(guard.waited(14)).toEqual([]);
    expect(guard.waited(15)).toEqual([{ kind: 'locked', atS: 14, because: 'silence' }]);
    expect(guard.waited(100)).toEqual([]);
    guard.unlocked(100);
    expect(guard.decided(111, 1)).toEqual([{ kind: 'locked', atS: 110, because: 'silence' }]);
  });

  it('hands a request for training on once, and none from a locked device', () => {
    const guard = createGuard(policy);
    expect(guard.decided(0, 1, true)).toEqual([{ kind: 'retrain', atS: 0 }]);
    expect(guard.decided(1, 1, true)).toEqual([]);
    guard.decided(2, 0);
    guard.decided(3, 0);
    expect(guard.locked).toBe(true);
    expect(guard.decided(4, 1, false)).toEqual([]);
    expect(guard.decided(5, 1, true)).toEqual([]);
  });
});

describe('takeovers', () => {
  it('count from the takeover, on windows of that person alone', () => {
    // Decisions at 3, 4, 5 s: every second window.
    const sessions = [
      session('a', [0, 1, 0, 1, 0]),
      session('b', [1, 0, 1, 0, 0, 1, 0]),
      session('owner', [0, 0, 0]),
    ];
    expect(play(sessions[0]!, policy, timing)).toEqual([{ kind: 'locked', atS: 4, because: 'rejections' }]);
    const found = takeovers(sessions, policy, timing);
    expect(found).toEqual({ count: 2, lockedAfterS: [4, 6], retrainRequests: 0 });
    expect([3.9, 4, 6].map((s) => lockedWithin(found, s))).toEqual([0, 0.5, 1]);
  });

  it('say when somebody was never locked out', () => {
    expect(takeovers([session('a', [1, 1, 1])], policy, timing).lockedAfterS).toEqual([Infinity]);
  });
});

describe('a day', () => {
  const plan = { uses: 10, useSeconds: 60, unlockSeconds: 5, seed: 3 };

  it('is the same for the same seed, has one takeover, and counts the owner’s locks only', () => {
    const sessions = [session('owner', [1, 1, 0, 1]), session('thief', [0, 0, 0])];
    const day = policyDay(sessions, policy, timing, plan);
    expect(policyDay(sessions, policy, timing, plan)).toEqual(day);
    expect(day.takeover).toEqual({ person: 'thief', lockedAfterS: 4, retrainRequests: 0 });
    expect(day.usedSeconds).toBe(9 * 60);
  });

  it('locks an owner who is always rejected as often as the rule allows', () => {
    // 2 rejections 1 s apart from 3 s on, 5 s to unlock, 1 s to the next decision.
    const day = policyDay([session('owner', [0, 0])], policy, timing, { ...plan, uses: 1 });
    expect([day.takeover, day.falseLocks]).toEqual([null, 9]);
  });
});
