/**
 * Jump threading (gcc's tree-ssa-threadbackward.c) where `a && b` and `a || b` come as values: a block that only tests what an arm left, and an
 * arm that leaves a constant. The arm goes on to where the test would lead, so what the other arm computed and checked dominates the rest.
 */
import type { FlowBlock, FlowEdge } from './flow-graph.ts';

const structure = /^(block|loop|end|else|if|br|br_if|nop)$/;

export function threadJumps(blocks: readonly FlowBlock[]): void {
  for (const p of blocks) {
    if (p.term.kind !== 'jump') continue;
    const { edge } = p.term;
    const target = outcome(p, edge.to);
    if (!target) continue;
    const { to } = edge;
    edge.to = target.to;
    target.weight = Math.max(0, target.weight - edge.weight);
    to.weight = Math.max(0, to.weight - edge.weight);
  }
}

/** The edge that a block's test takes after an arm that leaves a constant. */
function outcome(arm: FlowBlock, test: FlowBlock): FlowEdge | null {
  if (test.term.kind !== 'branch' || test.moves.length || test.enters || test.leaves) return null;
  if (test.activation !== arm.activation || test.nest.length !== arm.nest.length) return null;
  const asked = operators(test);
  if (asked.some(({ name }) => name !== 'i32.eqz')) return null;
  const left = operators(arm).at(-1);
  if (left?.name !== 'i32.const') return null;
  const value = (Number(left.value) !== 0) !== (asked.length % 2 === 1);
  return value ? test.term.yes : test.term.no;
}

const operators = ({ activation, first, last }: FlowBlock) =>
  activation.f.wasm.body.slice(first, last).filter(({ name }) => !structure.test(name));
