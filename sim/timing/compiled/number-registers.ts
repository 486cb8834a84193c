/**
 * Numbers of values as gcc gives them to its registers, which decide among equals (0206). Variables come first, by the name of the part of them that a statement sets: the names of joins are younger where a
 * function is a copy of what was inlined into it (tree-inline.cc, copy_phis_for_bb), and of what is joined the oldest name stays (tree-ssa-coalesce.cc). Then what the choice of induction variables made, the
 * value that is returned and the parameters (function.cc, assign_parms), and constants that only instructions ask for. Reads of memory with checks are inlined later, those of a block from its last.
 */
import { renameIn } from './allocate/names.ts';
import { renamePairs } from './allocate/pairs.ts';
import { countOfCopies } from './argument-copies.ts';
import { entryOf, type MachineCode } from './machine.ts';

const order = [
  'variable',
  'memory',
  'stepped',
  'loaded',
  'returned',
  'parameter',
  'temporary',
  'wide',
  'hoisted',
  'table',
  'shared',
  'constant',
  'arrival',
  'scratch',
] as const;
type Kind = (typeof order)[number];

export function numberRegisters(code: MachineCode, checked: boolean): void {
  const kinds = new Map<number, Kind>();
  const places = new Map<number, number>();
  const uppers = new Set(code.pairs.values());
  let place = 0;
  const anywhere = new Map<number, number>();
  const named = new Set(code.named);
  for (const r of code.hoisted) kinds.set(r, 'hoisted');
  for (const r of code.shared) kinds.set(r, 'shared');
  for (const r of code.stepped) kinds.set(r, 'stepped');
  /** What a word of a wide value would be as a word of its own. */
  const within = new Map<number, Kind>();
  const isWide = (r: number): boolean => code.wide.has(r) && !code.pairs.has(r) && !uppers.has(r);
  for (const b of code.blocks)
    for (const m of b.code) {
      place++;
      for (const d of m.defs) {
        if (!anywhere.has(d)) anywhere.set(d, place);
        if (kinds.has(d) || named.has(d)) continue;
        if (m.text.startsWith('sbcs')) kinds.set(d, 'scratch');
        else kinds.set(d, /^(adds|adc|subs|sbc)/.test(m.text) ? 'wide' : 'temporary');
      }
      if (/pc\]?$|\[got\]$/.test(m.text)) for (const d of m.defs) kinds.set(d, 'table');
      if (m.text === 'return') for (const r of m.uses) kinds.set(r, 'returned');
      if (m.remake)
        for (const d of m.defs)
          if (!kinds.has(d) || /^(hoisted|temporary)$/.test(kinds.get(d)!)) kinds.set(d, 'constant');
      for (const d of m.defs) if (m.kind !== 'move' && !places.has(d)) places.set(d, place);
    }
  for (const m of entryOf(code).code.slice(0, countOfCopies(code)))
    if (code.arrivals.has(m.uses[0]!)) {
      kinds.set(m.uses[0]!, 'arrival');
      kinds.set(m.defs[0]!, 'arrival');
    } else kinds.set(m.defs[0]!, 'parameter');
  // What a constant begins and a statement goes on with is a variable.
  for (const [r, kind] of kinds) if (kind === 'constant' && places.has(r)) kinds.delete(r);
  const all = Array.from({ length: code.registers }, (_, r) => r);
  for (const r of code.wide.keys())
    if (isWide(r)) {
      within.set(r, kinds.get(r) ?? 'variable');
      kinds.set(r, 'wide');
    }
  const loads = new Map<number, number>();
  if (checked)
    code.blocks.reduce((start, b) => {
      b.code.forEach((m, i) => {
        const d = m.defs[0]!;
        const fromMemory = /^ldr (base|size)$/.test(m.text);
        if (m.kind !== 'load' || !(m.barrier || fromMemory) || kinds.has(d)) return;
        kinds.set(d, fromMemory ? 'memory' : 'loaded');
        loads.set(d, fromMemory ? start + i : start + b.code.length - i);
      });
      return start + b.code.length;
    }, 0);
  const kindOf = (r: number): Kind => kinds.get(r) ?? 'variable';
  const placeOf = (r: number): number => {
    const kind = kindOf(r);
    if (kind === 'variable') return places.get(r) ?? Infinity;
    if (kind === 'loaded' || kind === 'memory') return loads.get(r) ?? places.get(r)!;
    if (kind === 'temporary' || kind === 'scratch') return anywhere.get(r)!;
    return kind === 'wide' ? wholeOf(r) : 0;
  };
  /** Words of a wide value are numbered together, in the order of the whole ones. */
  const wholeOf = (r: number): number => {
    const low = code.wide.get(r) ?? r;
    const kind = within.get(low) ?? within.get(r) ?? 'temporary';
    const at =
      kind === 'variable'
        ? (places.get(low) ?? place)
        : kind === 'stepped'
          ? 0
          : (anywhere.get(low) ?? place);
    return order.indexOf(kind) * 2 * (place + 1) + at;
  };
  all.sort(
    (x, y) => order.indexOf(kindOf(x)) - order.indexOf(kindOf(y)) || compare(placeOf(x), placeOf(y)) || x - y,
  );
  const numbers = new Int32Array(code.registers);
  all.forEach((r, i) => (numbers[r] = i));
  const number = (r: number): number => numbers[r]!;
  for (const b of code.blocks) for (const m of b.code) renameIn(m, number);
  code.pairs = renamePairs(code.pairs, number);
  code.floats = new Map([...code.floats].map(([r, file]) => [number(r), file]));
  const renamed = (all: ReadonlySet<number>): Set<number> => new Set([...all].map(number));
  for (const of of ['stepped', 'hoisted', 'shared', 'named'] as const) code[of] = renamed(code[of]);
  code.wide = new Map([...code.wide].map(([r, low]) => [number(r), number(low)]));
  code.arrivals = new Map([...code.arrivals].map(([r, register]) => [number(r), register]));
}

const compare = (x: number, y: number): number => (x === y ? 0 : x - y);
