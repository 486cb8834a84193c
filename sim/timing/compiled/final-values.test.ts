import { describe, expect, it } from 'vitest';
import { computeFinalValues } from './final-values.ts';
import { Graph, resolve, type Block, type Node } from './ir.ts';
import { renewStructure } from './structure.ts';

const show = (value: Node): string => {
  const n = resolve(value);
  if (n.block.loop) return 'grows';
  return n.op === 'const' ? `${n.value}` : n.args.length ? `${n.op}(${n.args.map(show).join()})` : n.op;
};

/** A pointer that goes on by 16 each time while a counter goes down by `by` to zero; what is returned behind the loop. */
function afterLoop(begin: (g: Graph, entry: Block) => Node, by: number, trap = false): string {
  const g = new Graph();
  const at = { f: 0, block: 0 };
  const [entry, loop, exit] = [g.block(1, at), g.block(10, at), g.block(1, at)];
  g.entry = entry;
  const edge = (from: Block, to: Block) => {
    const e = { from, to, weight: 1 };
    to.preds.push(e);
    return e;
  };
  const pointer = g.node(entry, 'param', 'i32', []);
  const start = begin(g, entry);
  entry.nodes.unshift(pointer);
  entry.term = { kind: 'jump', edges: [edge(entry, loop)] };
  const p = g.node(loop, 'phi', 'i32', [pointer]);
  const i = g.node(loop, 'phi', 'i32', [start]);
  const on = g.node(loop, 'add', 'i32', [p, g.constant('i32', 16n)]);
  const less = g.node(loop, 'add', 'i32', [i, g.constant('i32', BigInt(-by))]);
  p.args.push(on);
  i.args.push(less);
  loop.phis = [p, i];
  loop.nodes = [...(trap ? [g.node(loop, 'guard', 'void', [p, p])] : []), on, less];
  loop.term = { kind: 'branch', condition: less, edges: [edge(loop, loop), edge(loop, exit)] };
  exit.term = { kind: 'return', values: [on], edges: [] };
  renewStructure(g);
  computeFinalValues(g);
  return exit.term.kind === 'return' ? show(exit.term.values[0]!) : '';
}

const constant = (g: Graph) => g.constant('i32', 17n);
const masked = (mask: bigint) => (g: Graph, entry: Block) => {
  const n = g.node(entry, 'and', 'i32', [g.node(entry, 'param', 'i32', []), g.constant('i32', mask)]);
  entry.nodes.push(n.args[0]!, n);
  return n;
};

describe('final values, gcc 12.2 -O2 -fdump-tree-sccp-details', () => {
  // gemvacc64 without checks: "w2c_i0_242 = w2c_l2_129 + 68" behind 17 rounds of 4
  it('are sums where the number of rounds is known', () => {
    expect(afterLoop(constant, 1)).toBe('add(param,272)');
  });

  // Unrolled by four: "# of iterations (w2c_i0_36 + 4294967292) /[ex] 4", of w2c_i0_36 = x & -4
  it('follow a counter by steps that divide it', () => {
    expect(afterLoop(masked(-4n), 4)).toBe('add(param,shl(and(param,-4),2))');
  });

  // Of CMSIS-DSP's arm_mat_vec_mult_q7: "under assumptions ((u32) _53 & 3) == 0", of _53 = (unsigned short) x & 65532
  it('stay in the loop where a narrow mask says that steps divide the way', () => {
    const narrow = (g: Graph, entry: Block) => {
      const mask = masked(0xfffcn)(g, entry);
      Object.assign(mask.args[0]!, { op: 'load', bytes: 2, args: [g.constant('i32', 1024n)] });
      return mask;
    };
    expect(afterLoop(narrow, 4)).toBe('grows');
  });

  it('stay in the loop where steps may miss the end, or a check may leave', () => {
    expect(afterLoop(masked(-2n), 4)).toBe('grows');
    expect(afterLoop(constant, 1, true)).toBe('grows');
  });
});
