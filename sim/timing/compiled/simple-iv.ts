/**
 * What a branch of a loop asks before values are named: whether both sides of its comparison step by a constant each round, or stay (gcc's simple_iv).
 */
import { edgesOf, type FlowBlock } from './flow-graph.ts';

type Kind = 'stays' | 'steps' | 'varies';
type Operand = { kind: Kind; constant: boolean };

const varies: Operand = { kind: 'varies', constant: false };
const stays: Operand = { kind: 'stays', constant: false };

/** Whether the branch at the end of a block of a loop compares nothing but counters and what stays. */
export function testsCounter(head: FlowBlock, header: FlowBlock, body: ReadonlySet<FlowBlock>): boolean {
  const { activation, first, last } = head;
  const code = activation.f.wasm.body;
  if (head.moves.length > 0) return false;
  const assigned = new Map<number, Operand>();
  const stack: Operand[] = [];
  const pop = () => stack.pop() ?? varies;
  let condition: Operand = varies;
  for (let i = first; i < last; i++) {
    const { name, index } = code[i]!;
    condition = varies;
    if (/^(block|loop|end|nop)$/.test(name)) continue;
    if (/^(br_if|if)$/.test(name)) return pop().kind !== 'varies';
    if (name.endsWith('.const')) stack.push({ kind: 'stays', constant: true });
    else if (name === 'local.get')
      stack.push(assigned.get(index) ?? { kind: kindOf(index, head, header, body), constant: false });
    else if (name === 'local.set') assigned.set(index, pop());
    else if (name === 'local.tee') assigned.set(index, stack.at(-1) ?? varies);
    else if (/\.(add|sub|mul|shl)$/.test(name)) {
      const [b, a] = [pop(), pop()];
      stack.push(sum(name, a, b));
    } else if (/\.(eq|ne|[lg][te](_[su])?)$/.test(name)) {
      const [b, a] = [pop(), pop()];
      // What a comparison gives goes to the branch.
      stack.push(a.kind === 'varies' || b.kind === 'varies' ? varies : stays);
    } else if (name.endsWith('.eqz')) stack.push(pop());
    else return false;
  }
  return condition.kind !== 'varies';
}

function sum(name: string, a: Operand, b: Operand): Operand {
  if (a.kind === 'varies' || b.kind === 'varies') return varies;
  if (a.kind === 'stays' && b.kind === 'stays') return { kind: 'stays', constant: a.constant && b.constant };
  if (/\.(add|sub)$/.test(name)) return { kind: 'steps', constant: false };
  const factor = a.kind === 'stays' ? a : b;
  return factor.constant && !(name.endsWith('.shl') && factor === a)
    ? { kind: 'steps', constant: false }
    : varies;
}

/** A local that nothing in the loop sets stays; one that a constant is added to on every way round steps. */
function kindOf(
  local: number,
  { activation }: FlowBlock,
  header: FlowBlock,
  body: ReadonlySet<FlowBlock>,
): Kind {
  const code = activation.f.wasm.body;
  const sets: { block: FlowBlock; at: number }[] = [];
  for (const block of body) {
    if (block.moves.some((m) => m.to === activation.variables + local)) return 'varies';
    if (block.activation !== activation) continue;
    for (let i = block.first; i < block.last; i++)
      if (/^local\.(set|tee)$/.test(code[i]!.name) && code[i]!.index === local) sets.push({ block, at: i });
  }
  if (sets.length === 0) return 'stays';
  if (sets.length > 1) return 'varies';
  const [{ block, at }] = sets as [{ block: FlowBlock; at: number }];
  const [get, constant, step] = [code[at - 3], code[at - 2], code[at - 1]];
  const isStep =
    get?.name === 'local.get' &&
    get.index === local &&
    constant?.name.endsWith('.const') &&
    /\.(add|sub)$/.test(step?.name ?? '');
  return isStep && block.nest.length === header.nest.length && !goesRound(header, body, block)
    ? 'steps'
    : 'varies';
}

/** Whether a way leads round the loop past a block. */
function goesRound(header: FlowBlock, body: ReadonlySet<FlowBlock>, past: FlowBlock): boolean {
  if (header === past) return false;
  const seen = new Set<FlowBlock>([header]);
  for (const b of seen)
    for (const { to } of edgesOf(b.term)) {
      if (to === header) return true;
      if (to !== past && body.has(to)) seen.add(to);
    }
  return false;
}
