import { describe, expect, it } from 'vitest';
import type { Op } from '../../wasm/assemble.ts';
import { firmware } from './build.ts';
import { Graph, isConst, type Block, type Node } from './ir.ts';
import { hottest, listing } from './listing.ts';
import { placeLoopSums } from './loop-sums.ts';
import { reassociate } from './reassociate.ts';

/** A loop with a variable p and a value x from before it; `fill` puts nodes into it. */
function loopWith(fill: (g: Graph, inside: Block, p: Node, x: Node) => Node[]): {
  before: Block;
  nodes: Node[];
} {
  const g = new Graph();
  const at = { f: 0, block: 0 };
  const [before, inside] = [g.block(1, at), g.block(10, at)];
  g.entry = before;
  const loop = { header: inside, parent: null, depth: 1, blocks: new Set([inside]), preheader: before };
  inside.loop = loop;
  g.loops = [loop];
  const x = g.node(before, 'param', 'i32', []);
  before.nodes = [x];
  const p = g.node(inside, 'phi', 'i32', []);
  inside.phis = [p];
  const start = g.size;
  const nodes = fill(g, inside, p, x);
  inside.nodes = nodes;
  reassociate(g, { biased: true });
  placeLoopSums(g, start);
  return { before, nodes };
}

const constant = (g: Graph, n: number) => g.constant('i32', BigInt(n));

describe('sums that the choice of induction variables makes, gcc 12.2 -O2', () => {
  // attn, Cortex-M4: add.w ip, r2, sl;  add.w ip, ip, #7168;  ldrsh.w ip, [ip], where sl counts the negative row
  it('are added from left to right in the address of one access', () => {
    const { before, nodes } = loopWith((g, b, p, x) => {
      const invariant = g.node(b, 'add', 'i32', [x, constant(g, 7168)]);
      const sum = g.node(b, 'add', 'i32', [p, invariant]);
      return [invariant, sum, g.node(b, 'load', 'i32', [sum], { bytes: 2 })];
    });
    const pointer = nodes.at(-1)!.args[0]!;
    expect(before.nodes).toHaveLength(1);
    expect(isConst(pointer.args[1]!, 7168)).toBe(true);
    expect(pointer.args[0]!.args.map((n) => n.op).toSorted()).toEqual(['param', 'phi']);
  });

  // gemv16, Cortex-M4: _166 = 16384 - ivtmp.51;  ldrsh r0, [r4, r3]
  it('leave the loop where the constant is what something is taken from', () => {
    const { before, nodes } = loopWith((g, b, p, x) => {
      const negative = g.node(b, 'sub', 'i32', [constant(g, 0), x]);
      const sum = g.node(b, 'add', 'i32', [negative, p]);
      const more = g.node(b, 'add', 'i32', [sum, constant(g, 16384)]);
      return [negative, sum, more, g.node(b, 'load', 'i32', [more], { bytes: 2 })];
    });
    expect(before.nodes.map((n) => n.op)).toEqual(['param', 'sub']);
    expect(isConst(before.nodes[1]!.args[0]!, 16384)).toBe(true);
    expect(nodes.at(-1)!.args[0]!.args).toContain(before.nodes[1]);
  });

  // k1_gemv8, Cortex-M4, checked: add.w fp, ip, r4;  cmp fp, r0: the end of an access, of a pointer
  it('leave the loop where they are no address', () => {
    const { before } = loopWith((g, b, p, x) => {
      const sum = g.node(b, 'add', 'i32', [p, x]);
      const more = g.node(b, 'add', 'i32', [sum, constant(g, 2)]);
      return [sum, more, g.node(b, 'guard', 'void', [more, x])];
    });
    expect(before.nodes.map((n) => n.op)).toEqual(['param', 'add']);
  });
});

/*
 * What may be read in a loop and is read behind it in any case is read before the loop.
 *   gcc 12.2, kernel dilated, Cortex-M4   ldr.w r5, [r9] (120 times);  ..  cmp r1, #0;  bge.n (360 times, reads the pointer no more)
 */
it('reads a pointer before the loop that may use it', () => {
  const body: Op[] = [
    ['loop', 'void'],
    ['local.get', 0],
    ['i32.const', 3],
    ['i32.and'],
    ['if', 'void'],
    ['local.get', 1],
    ['local.get', 0],
    ['i32.load8_u', 0],
    ['i32.add'],
    ['local.set', 1],
    ['end'],
    ['local.get', 0],
    ['i32.const', 1],
    ['i32.sub'],
    ['local.tee', 0],
    ['br_if', 0],
    ['end'],
    ['local.get', 1],
    ['i32.load8_u', 0],
  ];
  const code = listing({ params: ['i32'], results: ['i32'], locals: ['i32'], body }, [100], firmware(false));
  expect(hottest(code)).not.toContain('ldr base');
  expect(code.filter((b) => b.weight > 1).flatMap((b) => b.code)).not.toContain('ldr base');
});
