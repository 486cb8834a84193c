import { describe, expect, it } from 'vitest';
import { Graph, isConst, type Node } from '../ir.ts';
import { joinDifferences } from './differences.ts';

/** A load at offset 1024 from a variable plus what its distance is made of before the loop. */
function loadBehind(distance: (g: Graph, x: Node) => Node): { load: Node; distance: Node } {
  const g = new Graph();
  const at = { f: 0, block: 0 };
  const [before, inside] = [g.block(1, at), g.block(10, at)];
  g.entry = before;
  inside.loop = { header: inside, parent: null, depth: 1, blocks: new Set([inside]), preheader: before };
  const x = g.node(before, 'param', 'i32', []);
  const apart = distance(g, x);
  before.nodes = [x, apart];
  const p = g.node(inside, 'phi', 'i32', []);
  const sum = g.node(inside, 'add', 'i32', [p, apart]);
  const load = g.node(inside, 'load', 'i32', [sum], { offset: 1024, bytes: 2 });
  inside.phis = [p];
  inside.nodes = [sum, load];
  joinDifferences(g);
  return { load, distance: sum.args[1]! };
}

describe('differences of variables, gcc 12.2 -O2', () => {
  // gemv16: _166 = 16384 - ivtmp.51; ldrsh.w r1, [r3, r4]
  it('take the constant of what is added to them', () => {
    const { load, distance } = loadBehind((g, x) =>
      g.node(x.block, 'sub', 'i32', [g.constant('i32', 0n), x]),
    );
    expect(load.offset).toBe(0);
    expect(distance.op).toBe('sub');
    expect(isConst(distance.args[0]!, 1024)).toBe(true);
  });

  // gemvacc64: adds r7, r6, r4; ldrsh.w r1, [r7, #1024], where r6 counts the negative row
  it('leave it to the access where a variable counts them', () => {
    const { load } = loadBehind((g, x) => g.node(x.block, 'phi', 'i32', [x]));
    expect(load.offset).toBe(1024);
  });
});
