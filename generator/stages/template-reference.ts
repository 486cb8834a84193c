/** Integer reference of the template decision: twins of assembly/template.ts and of the stages' bodies. */
import { status } from '../../kernel/manifest.ts';
import type { IntegerMemory } from '../emit/program.ts';
import { hammingShare, projections, protect } from '../features/protect.ts';
import { names } from './part.ts';
import { stale } from './stale.ts';
import type { TemplatePlan } from './template.ts';

const LARGEST_RATIO = 0x200000;

const missesKey = (memory: IntegerMemory, { protection }: TemplatePlan): boolean =>
  protection !== undefined && memory.i32(names.key).every((word) => word === 0);

const bitsOf = (memory: IntegerMemory, plan: TemplatePlan): Int32Array => {
  const { bits, centre } = plan.protection!;
  return protect(memory.i16(plan.input), centre, projections(memory.i32(names.key), bits, plan.features));
};

export function enrolReference(memory: IntegerMemory, plan: TemplatePlan): number {
  if (stale(memory)) return stale(memory);
  if (missesKey(memory, plan)) return status.noKey;
  const state = memory.i32(names.count);
  if (state[0] === plan.capacity && !plan.renew) return status.templateFull;
  const place = state[1];
  state[0] = Math.min(state[0] + 1, plan.capacity);
  state[1] = (place + 1) % plan.capacity;
  if (plan.protection)
    memory.i32(names.template).set(bitsOf(memory, plan), (place * plan.protection.bits) / 32);
  else memory.i16(names.template).set(memory.i16(plan.input), place * plan.features);
  return state[0];
}

export function decideReference(memory: IntegerMemory, plan: TemplatePlan): number {
  if (stale(memory)) return stale(memory);
  if (missesKey(memory, plan)) return status.noKey;
  const count = memory.i32(names.count)[0];
  if (count === 0) return status.notEnrolled;
  const suspended = plan.suspend ? memory.i32(names.suspended) : undefined;
  if (suspended?.[0]) return status.suspended;
  const nearest = Math.min(
    ...(plan.protection ? hammingDistances(memory, plan, count) : vectorDistances(memory, plan, count)),
  );
  memory.i32(names.score)[0] = nearest;
  const accepted = nearest <= plan.threshold ? 1 : 0;
  if (suspended) suspended[0] = 1 - accepted;
  return accepted;
}

function hammingDistances(memory: IntegerMemory, plan: TemplatePlan, count: number): number[] {
  const own = bitsOf(memory, plan);
  const kept = memory.i32(names.template);
  return Array.from({ length: count }, (_, t) =>
    Math.round(hammingShare(own, kept.subarray(t * own.length, (t + 1) * own.length)) * 32 * own.length),
  );
}

function vectorDistances(memory: IntegerMemory, plan: TemplatePlan, count: number): number[] {
  const { features, least, definition, factor } = plan;
  const kept = memory.i16(names.template);
  const rows = Array.from({ length: count }, (_, t) => kept.subarray(t * features, (t + 1) * features));
  const ranges = Array.from({ length: features }, (_, f) => {
    const values = rows.map((row) => row[f]);
    const low = Math.min(...values);
    return { low, range: Math.max(Math.max(...values) - low, least ?? 1) };
  });
  const vector = (x: ArrayLike<number>): number[] =>
    Array.from(x, (v, f) =>
      least === undefined ? v : ratio((v - ranges[f].low) * 2 ** 14, ranges[f].range),
    );
  const own = vector(memory.i16(plan.input));
  return rows.map((row) => definition!.reference(own, vector(row), factor));
}

/** Rounded, ties away from zero, within 22 bits. */
function ratio(n: number, d: number): number {
  const half = d >> 1;
  const quotient = Math.trunc((n < 0 ? n - half : n + half) / d);
  return Math.max(-LARGEST_RATIO, Math.min(LARGEST_RATIO, quotient));
}
