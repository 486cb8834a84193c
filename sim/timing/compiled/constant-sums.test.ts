import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { firmware } from './build.ts';
import { compileModule } from './compile.ts';
import { joinConstants } from './constant-sums.ts';
import { Graph, type Node } from './ir.ts';
import { analyseStructure } from './structure.ts';
import { loopGraph } from './testing/loop-graph.ts';

// gcc 12.2 -O2 -fdump-tree-forwprop4, as the test below: _353 = ivtmp.161_390 + 2 where ivopts left ivtmp.161_387 + 1.
it('adds to what a sum with a constant adds to', () => {
  const g = new Graph();
  const { loop: b, close } = loopGraph(g);
  const add = (x: Node, y: Node, name = ''): Node => {
    const n = g.node(b, 'add', 'i32', [x, y], { name });
    b.nodes.push(n);
    return n;
  };
  const [one, two] = [g.constant('i32', 1n), g.constant('i32', 2n)];
  const x = g.node(b, 'phi', 'i32', [g.constant('i32', 8n)]);
  b.phis.push(x);
  const next = add(x, one, 'preincrement');
  const more = add(next, one);
  const other = add(next, x);
  close(other);
  x.args.push(next);
  analyseStructure(g);
  joinConstants(g, 0);
  expect([next, more, other].map((n) => n.args)).toEqual([
    [x, one],
    [x, two],
    [next, x],
  ]);
});

/*
 * The product of two rows in kernel bilinear, whose end is compared with the first pointer and 1 more. gcc 12.2 -O2 -mcpu=cortex-m4, with checks: that pointer does not step by itself, and is copied in a block of its own.
 *   ldrsb.w r0, [r3, #1]; adds r7, r3, #1; ...; ldrsb.w r1, [ip, #1]!; mla lr, r1, r0, lr; ldr r1, [sp, #12]; adds r3, #2; subs r3, r3, r1; ldr r1, [sp, #20]; ...; cmp r3, r1; bcs.n; mov r3, r7; b.n
 */
it('keeps a pointer that is compared as it was before its step', () => {
  const wasm = readFileSync(new URL('../../../test/reference/held-out-8/bilinear.wasm', import.meta.url));
  const analysis = analyse(new Uint8Array(wasm));
  const counts = measure(instrument(analysis), ({ exports }) => {
    (exports.run as (n: number) => unknown)(1);
  });
  const { blocks } = compileModule(analysis, counts, firmware(true))[0]!.allocation.code;
  const hot = blocks
    .toSorted((x, y) => y.weight - x.weight)
    .find(({ code }) => code.some((m) => m.text === 'mla'))!;
  const texts = hot.code.map((m) => m.text).filter((t) => /^(ldrb|add #|sub|mov$)/.test(t));
  expect(texts.toSorted()).toEqual(['add #1', 'add #2', 'ldrb signed', 'ldrb signed !', 'sub reg']);
});
