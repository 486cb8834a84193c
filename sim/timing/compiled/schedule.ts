/**
 * Instruction scheduling within gcc's basic blocks, before registers are given out and after. The volatile asm behind every load of wasm2c is a barrier, and so is the branch of a check: nothing moves
 * across them. Memory accesses keep their order where they may meet, and what an it announces stays behind it.
 */
import { add, remove, type Bits } from './allocate/bits.ts';
import { announce } from './conditional-runs.ts';
import { liveness } from './liveness.ts';
import { instruction, isCheck, type Machine, type MachineBlock, type MachineCode } from './machine.ts';
import { availableRegisters, Pressure } from './pressure.ts';
import { dependences } from './schedule/dependences.ts';
import { listSchedule } from './schedule/list.ts';
import type { Latencies, Pipeline } from './schedule/pipeline.ts';
import { pipelineFor } from './schedule/pipelines.ts';
import { computesUnderCondition, unitsOf, type Unit } from './schedule/units.ts';

/** The same code in the order in which gcc would emit it for the core. */
export function schedule(code: MachineCode, latencies: Latencies, { allocated = true } = {}): MachineCode {
  const pipeline = pipelineFor(latencies);
  const pressures = allocated ? () => null : pressureIn(code);
  const blocks = code.blocks.map((b) => {
    const result: Machine[] = [];
    let pending: ReadonlySet<number> = b.successors.some((e) => e.to === b.id) ? loadedAtEnd(b.code) : none;
    const { units, guarded } = unitsOf(b.code, allocated);
    const parts = blocksOf(units, allocated);
    const pressure = pressures(b, parts);
    parts.forEach((part, at) => {
      let first = 0;
      for (const stretch of cut(part, ({ whole }) => whole.barrier)) {
        result.push(
          ...inOrder(stretch, pipeline, pending, pressure?.[at] ?? null, first, guarded).flatMap(
            (u) => u.parts,
          ),
        );
        first += stretch.length;
        pending = none;
      }
    });
    return { ...b, code: allocated ? announce(result, guarded) : result };
  });
  return { ...code, blocks };
}

const none: ReadonlySet<number> = new Set();
const aLoad = instruction('load', 'ldr', { f: 0, block: 0 });

/** gcc's blocks: a check ends one. What computes under a condition becomes that behind the allocation of registers alone (pass_if_after_reload): until then it is a block of its own. */
function blocksOf(units: readonly Unit[], allocated: boolean): Unit[][] {
  const apart = (u: Unit | undefined): boolean => !allocated && u !== undefined && computesUnderCondition(u);
  return cut(units, (u, next) => u.whole.kind === 'branch' || apart(u) || apart(next));
}

/** Parts of a list, each up to an end. */
function cut<T>(list: readonly T[], ends: (t: T, next: T | undefined) => boolean): T[][] {
  const parts: T[][] = [];
  let part: T[] = [];
  list.forEach((t, i) => {
    part.push(t);
    if (!ends(t, list[i + 1])) return;
    parts.push(part);
    part = [];
  });
  if (part.length > 0) parts.push(part);
  return parts;
}

/** What a loop's end loads for its beginning: gcc lays such loops out with the first check at the end, where it is ordered together with those loads. */
function loadedAtEnd(code: readonly Machine[]): ReadonlySet<number> {
  const loaded = new Set<number>();
  for (const m of code.toReversed()) {
    if (m.barrier || (m.kind === 'branch' && m !== code.at(-1))) break;
    if (m.kind === 'load') for (const d of m.defs) loaded.add(d);
  }
  return loaded;
}

/** The pressure in each of gcc's blocks, of which checks begin new ones. */
function pressureIn(code: MachineCode): (b: MachineBlock, parts: readonly (readonly Unit[])[]) => Pressure[] {
  const { into, out } = liveness(code);
  const isCore = (r: number) => !code.floats.has(r);
  const entry = code.blocks[0]!.frequency;
  return (b, parts) => {
    const result: Pressure[] = [];
    let passed = parts.filter(endsInCheck).length;
    let end: Bits = out.get(b.id)!;
    for (let at = parts.length - 1; at >= 0; at--) {
      const start = at === 0 ? into.get(b.id)! : before(parts[at]!, end);
      if (endsInCheck(parts[at]!)) passed--;
      const available = availableRegisters(b.passing?.[passed] ?? b.frequency, entry);
      result[at] = new Pressure(parts[at]!, isCore, { start, end, registers: code.registers }, available);
      end = start;
    }
    return result;
  };
}

const endsInCheck = (part: readonly Unit[]): boolean => isCheck(part.at(-1)!.whole);

function before(units: readonly Unit[], end: Bits): Bits {
  const live = end.slice();
  for (let i = units.length - 1; i >= 0; i--) {
    for (const d of units[i]!.whole.defs) remove(live, d);
    for (const u of units[i]!.whole.uses) add(live, u);
  }
  return live;
}

function inOrder(
  units: Unit[],
  pipeline: Pipeline,
  pending: ReadonlySet<number>,
  pressure: Pressure | null,
  first: number,
  guarded: Set<Machine>,
): Unit[] {
  const last = units.at(-1)!;
  const barrier = last.whole.barrier;
  let pinned = last.whole.kind === 'branch' ? 1 : 0;
  // Before registers are given out, what sets the flags at the end of a block stays there.
  if (pressure && !barrier) while (units.at(-pinned - 1)?.whole.setsFlags) pinned++;
  const loadLatency = pipeline.latency({ parts: [], whole: aLoad });
  const earliest = units.map(({ whole }) => (whole.uses.some((u) => pending.has(u)) ? loadLatency : 0));
  const ordered = listSchedule({
    units,
    pipeline,
    dependences: dependences(units, pipeline, pinned, barrier),
    earliest,
    pressure,
    first,
  });
  return barrier ? endAtBarrier(ordered, guarded) : ordered;
}

/** The barrier stands behind all of the stretch, wherever the load went. */
function endAtBarrier(units: readonly Unit[], guarded: Set<Machine>): Unit[] {
  const last = units.findLastIndex(({ whole }) => !whole.copy);
  return units.map((u, i) => ({
    ...u,
    parts: u.parts.map((m, k) => {
      const barrier = i === last && k === u.parts.length - 1;
      if (m.barrier === barrier) return m;
      const moved = { ...m, barrier };
      if (guarded.has(m)) guarded.add(moved);
      return moved;
    }),
  }));
}
