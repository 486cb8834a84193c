/**
 * Whether a loop's test at its top is known to hold the first time (entry_loop_condition_is_static): then gcc copies it in front of the loop even where code is made small,
 * since the copy folds away.
 */
import { edgesOf, type FlowBlock, type FlowEdge } from './flow-graph.ts';

/** How many blocks before the loop are looked through for what its locals start from. */
const reach = 4;

/** @param stays Where the header goes on inside of the loop. */
export function entersAlways(
  header: FlowBlock,
  stays: FlowEdge,
  entries: readonly FlowBlock[],
  blocks: readonly FlowBlock[],
): boolean {
  const { activation, first, last, term } = header;
  if (term.kind !== 'branch' || entries.length !== 1 || header.moves.length > 0) return false;
  const code = activation.f.wasm.body;
  const assigned = new Map<number, number | null>();
  const stack: (number | null)[] = [];
  const pop = () => stack.pop() ?? null;
  const decide = (value: number | null) => value !== null && stays === (value !== 0 ? term.yes : term.no);
  for (let i = first; i < last; i++) {
    const { name, index, value } = code[i]!;
    if (/^(block|loop|end|nop)$/.test(name)) continue;
    if (/^(br_if|if)$/.test(name)) return decide(pop());
    if (name === 'i32.const') stack.push(Number(value) | 0);
    else if (name === 'local.get') {
      if (!assigned.has(index)) assigned.set(index, startOf(index, header, entries[0]!, blocks));
      stack.push(assigned.get(index)!);
    } else if (name === 'local.set') assigned.set(index, pop());
    else if (name === 'local.tee') assigned.set(index, stack.at(-1) ?? null);
    else if (name === 'i32.eqz') {
      const a = pop();
      stack.push(a === null ? null : Number(a === 0));
    } else if (name.startsWith('i32.') && operators[name.slice(4)]) {
      const [b, a] = [pop(), pop()];
      stack.push(a === null || b === null ? null : Number(operators[name.slice(4)]!(a, b)));
    } else return false;
  }
  return decide(pop());
}

const operators: Readonly<Record<string, (a: number, b: number) => number | boolean>> = {
  add: (a, b) => (a + b) | 0,
  sub: (a, b) => (a - b) | 0,
  mul: Math.imul,
  shl: (a, b) => a << b,
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt_s: (a, b) => a < b,
  le_s: (a, b) => a <= b,
  gt_s: (a, b) => a > b,
  ge_s: (a, b) => a >= b,
  lt_u: (a, b) => a >>> 0 < b >>> 0,
  le_u: (a, b) => a >>> 0 <= b >>> 0,
  gt_u: (a, b) => a >>> 0 > b >>> 0,
  ge_u: (a, b) => a >>> 0 >= b >>> 0,
};

/** The constant that a local was last set to on the only way to a loop. */
function startOf(
  local: number,
  { activation }: FlowBlock,
  from: FlowBlock,
  blocks: readonly FlowBlock[],
): number | null {
  const code = activation.f.wasm.body;
  let b: FlowBlock | undefined = from;
  for (let hops = 0; b && hops < reach && b.activation === activation; hops++) {
    for (let i = b.last - 1; i >= b.first; i--) {
      const { name, index } = code[i]!;
      if (!/^local\.(set|tee)$/.test(name) || index !== local) continue;
      const set = i > b.first ? code[i - 1]! : null;
      return set?.name === 'i32.const' ? Number(set.value) | 0 : null;
    }
    if (b.moves.some((m) => m.to === activation.variables + local)) return null;
    const to: FlowBlock = b;
    const before: FlowBlock[] = blocks.filter((p) => edgesOf(p.term).some((e) => e.to === to));
    b = before.length === 1 ? before[0] : undefined;
  }
  return null;
}
