/**
 * What gcc knows of the parameters of functions that nothing but the module's own calls reaches (ipa-cp.cc): a constant that all of them pass takes the parameter's
 * place, and what they pass otherwise bounds it. A parameter that a caller hands on counts as what that caller gets.
 */
import type { FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import { top } from './arcs.ts';
import type { EarlyGraphs } from './early-graphs.ts';
import { isConst, resolve, type Node } from './ir.ts';
import { Ranges, type Range } from './ranges.ts';

export interface Parameter {
  constant: bigint | null;
  range: Range | null;
}

/** Facts of a function's parameters, empty where nothing is known. */
export type Parameters = (f: number) => readonly Parameter[];

/** 'none' before a call is seen, 'any' where calls disagree. */
type Lattice<T> = T | 'none' | 'any';

interface Known {
  constant: Lattice<bigint>;
  range: Lattice<Range>;
}

interface Call {
  caller: number;
  callee: number;
  args: Node[];
  ranges: Ranges;
}

/**
 * @param standsAlone Functions that keep parameters at all.
 * @param checked Accesses check their bounds: their accessors are called yet when gcc looks at what calls pass.
 */
export function knownParameters(
  analysis: ModuleAnalysis,
  graphOf: EarlyGraphs,
  standsAlone: (f: number) => boolean = () => true,
  checked = false,
): Parameters {
  const { functions, module } = analysis;
  const outside = new Set(module.exports.filter((e) => e.kind === 'function').map((e) => e.index));
  for (const f of module.elements) outside.add(f);
  if (module.start !== undefined) outside.add(module.start);
  const asked = functions.some(
    ({ wasm }, i) => wasm.type.params.length > 0 && !outside.has(i) && standsAlone(i),
  );
  if (!asked) return () => [];
  const calls = [...reached(functions, outside)].flatMap((f) => callsOf(f, functions[f]!, graphOf, checked));
  const known = functions.map((f, i) =>
    f.wasm.type.params.map((): Known =>
      outside.has(i) ? { constant: 'any', range: 'any' } : { constant: 'none', range: 'none' },
    ),
  );
  const within = cycles(functions);
  for (let changed = true; changed;) {
    changed = false;
    for (const call of calls)
      call.args.forEach((arg, i) => {
        const to = known[call.callee]![i]!;
        const from = passed(arg, call, known[call.caller]!, within(call.caller, call.callee));
        const constant = meetConstants(to.constant, from.constant);
        const range = meetRanges(to.range, from.range);
        if (constant !== to.constant || range !== to.range) changed = true;
        known[call.callee]![i] = { constant, range };
      });
  }
  const facts = known.map((params) =>
    params.map(({ constant, range }) => ({
      constant: typeof constant === 'string' ? null : constant,
      range: typeof range === 'string' ? null : range,
    })),
  );
  return (f) => facts[f]!;
}

/** What one call passes. */
function passed(arg: Node, { ranges }: Call, caller: readonly Known[], cyclic: boolean): Known {
  const n = resolve(arg);
  if (isConst(n)) return { constant: n.value, range: n.type === 'i32' ? ranges.of(n) : 'any' };
  if (n.op === 'param') return caller[Number(n.value)]!;
  const own = n.type === 'i32' ? ranges.of(n) : null;
  const range: Lattice<Range> = own && (own.low > 0 || own.high < top) ? own : 'any';
  const [x, y] = n.args.map(resolve);
  if (n.type !== 'i32' || n.args.length !== 2 || x!.op !== 'param' || !isConst(y!) || !(n.op in operators))
    return { constant: 'any', range };
  // Handed on with a constant.
  if (cyclic) return { constant: 'any', range: 'any' };
  const { constant, range: before } = caller[Number(x!.value)]!;
  return {
    constant:
      typeof constant === 'string' ? constant : BigInt.asIntN(32, operators[n.op]!(constant, y!.value)),
    range: typeof before === 'string' ? before : shifted(n.op, before, Number(y!.value)),
  };
}

const operators: Record<string, (x: bigint, y: bigint) => bigint> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  and: (x, y) => x & y,
  or: (x, y) => x | y,
  xor: (x, y) => x ^ y,
  shl: (x, y) => x << (y & 31n),
};

function shifted(op: string, { low, high }: Range, by: number): Lattice<Range> {
  if (op === 'and' && by >= 0) return { low: 0, high: Math.min(high, by) };
  const apply: Record<string, (x: number) => number> = {
    add: (x) => x + by,
    sub: (x) => x - by,
    mul: (x) => x * by,
    shl: (x) => x * 2 ** (by & 31),
  };
  const of = apply[op];
  if (!of) return 'any';
  const [a, b] = [of(low), of(high)];
  return a >= 0 && b >= a && b <= top ? { low: a, high: b } : 'any';
}

function meetConstants(x: Lattice<bigint>, y: Lattice<bigint>): Lattice<bigint> {
  if (x === 'none') return y;
  if (y === 'none') return x;
  return x === y ? x : 'any';
}

function meetRanges(x: Lattice<Range>, y: Lattice<Range>): Lattice<Range> {
  if (x === 'none') return y;
  if (y === 'none') return x;
  if (x === 'any' || y === 'any') return 'any';
  if (y.low >= x.low && y.high <= x.high) return x;
  const union = { low: Math.min(x.low, y.low), high: Math.max(x.high, y.high) };
  return union.low === 0 && union.high === top ? 'any' : union;
}

function callsOf(caller: number, f: FunctionAnalysis, graphOf: EarlyGraphs, checked: boolean): Call[] {
  if (!f.wasm.body.some((i) => i.name === 'call')) return [];
  const ranges = new Ranges(true, checked);
  return graphOf(f).blocks.flatMap((b) =>
    b.nodes
      .filter((n) => n.op === 'call' && n.name === '')
      .map((n) => ({ caller, callee: Number(n.value), args: n.args, ranges })),
  );
}

function reached(functions: readonly FunctionAnalysis[], from: ReadonlySet<number>): Set<number> {
  const found = new Set(from);
  for (const f of found)
    for (const { name, index } of functions[f]!.wasm.body) if (name === 'call') found.add(index);
  return found;
}

/** Whether a call is part of a recursion. */
function cycles(functions: readonly FunctionAnalysis[]): (caller: number, callee: number) => boolean {
  const known = new Map<number, Set<number>>();
  return (caller, callee) => {
    if (!known.has(callee)) known.set(callee, reached(functions, new Set([callee])));
    return known.get(callee)!.has(caller);
  };
}
