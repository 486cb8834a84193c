import { expect, it } from 'vitest';
import { Graph } from './ir.ts';
import { moveReads } from './load-motion.ts';
import { analyseStructure } from './structure.ts';
import { loopGraph } from './testing/loop-graph.ts';

/** A loop that reads the pointer and stores, behind an entry that has read it for something else. */
function stores(late: boolean): Graph {
  const g = new Graph();
  const { entry, loop, close } = loopGraph(g);
  const read = g.node(entry, 'base', 'i32', []);
  entry.nodes = [read, g.node(entry, 'setglobal', 'void', [read])];
  const base = g.node(loop, 'base', 'i32', [], { late });
  const store = g.node(loop, 'store', 'void', [base, g.constant('i32', 1n)], { bytes: 4 });
  const again = g.node(loop, 'global', 'i32', []);
  loop.nodes = [base, store, again];
  close(again);
  analyseStructure(g);
  return g;
}

const blocksThatRead = (g: Graph): number =>
  g.blocks.filter((b) => b.nodes.some((n) => n.op === 'base')).length;

/*
 * gcc 12.2, kernel copyrev, Cortex-A7, checked: the round that comes from in front of the loop does not read again, so the reads stand on the way
 * back, in a block of their own, and their values are waited for.
 *   1054c: cmp r3, lr;  1054e: beq.n;  10550: ldr r1, [r0, #0];  10552: ldr r2, [r0, #12];  10554: cmp r3, r2;  ...  bls.n
 * The dump of pre: "PRE: redundant insn 94 (expression 17) in bb 14", "PRE: edge (12,13), copy expression 17".
 */
it('reads on the way back what the way into the loop knows', () => {
  const g = stores(false);
  const [entry, loop] = g.blocks;
  moveReads(g);
  expect(loop!.nodes.map((n) => n.op)).toEqual(['store', 'global']);
  expect(loop!.phis).toHaveLength(1);
  const back = loop!.preds.find((e) => e.from !== entry)!.from;
  expect(back).not.toBe(loop);
  expect(back.nodes.map((n) => n.op)).toEqual(['base']);
  expect(blocksThatRead(g)).toBe(2);
});

/*
 * gcc 12.2, kernel gemvcol, Cortex-A7, checked: "MEM[(struct wasm_rt_memory_t *)instance_2(D)].size" in one loop and "MEM[(unsigned int *)instance_2(D) + 12B]"
 * in others are two expressions of pre's table, and nothing is moved.
 */
it('takes reads of accessors that different inliners took for different ones', () => {
  const g = stores(true);
  moveReads(g);
  expect(g.blocks[1]!.nodes.map((n) => n.op)).toEqual(['base', 'store', 'global']);
});
