import { describe, expect, it } from 'vitest';
import { assemble, type FunctionSource, type Op } from '../../wasm/assemble.ts';
import { analyse, instrument, measure } from '../../wasm/index.ts';
import { firmware } from './build.ts';
import { compileModule } from './compile.ts';
import { dropRepeatedDepths } from './call-depth.ts';
import { callDepth, Graph, type Node } from './ir.ts';
import { overwrites } from './memory-state.ts';

/** Two inlined calls one after the other: the way into the first, out of it, into the second. */
function callsInARow(between: string[]): Node[] {
  const g = new Graph();
  const b = g.block(1, { f: 0, block: 0 });
  g.entry = b;
  const before = g.node(b, 'global', 'i32', [], { value: callDepth });
  const deepen = () => g.node(b, 'add', 'i32', [before, g.constant('i32', 1n)]);
  const set = (to: Node) => g.node(b, 'setglobal', 'void', [to], { value: callDepth });
  const enter = (depth: Node) => [depth, set(depth), g.node(b, 'enter', 'void', [depth])];
  b.nodes = [
    ...[before, ...enter(deepen())],
    set(before),
    ...between.map((op) => g.node(b, op, 'i32', [before])),
    ...enter(deepen()),
    set(before),
  ];
  b.term = { kind: 'return', values: [], edges: [] };
  dropRepeatedDepths(g);
  return b.nodes;
}

const ops = (nodes: Node[]) => nodes.map((n) => n.op).filter((op) => /^(setglobal|enter)$/.test(op));

describe('the depth of calls, gcc 12.2 -O2', () => {
  // Three functions inlined in a row, CMSIS-DSP's interpolations without checks: one cmp r2, #500; bhi, one str r2 on the way in, one str r1 on the way out
  it('is tested once, and stored when something may read it', () => {
    expect(ops(callsInARow([]))).toEqual(['setglobal', 'enter', 'setglobal']);
  });

  it('is stored once on the way out where what lies between may only read it', () => {
    expect(ops(callsInARow(['load']))).toEqual(['setglobal', 'enter', 'setglobal']);
  });

  /*
   * A generator with its state at address 2048, called twice a round, gcc 12.2 -O2 -mcpu=cortex-m4 without checks: the depth is read and tested before the loop
   * (ldr r7, [r6]; adds r0, r7, #1; cmp r0, #500; adds r3, r7, #2; cmp r3, r2), in which there is one str r0, [r6] beside
   *   ldr r3, [r2, #2048]; mla; str r3, [r2, #2048]; ldr r3, [lr]; ldr r9, [r3, #2048]; mla; str r2, [r3, #2048]; ldr r2, [lr]; ldr r3, [r2, #2048]
   */
  it('is known behind a store to a constant address', () => {
    const g = new Graph();
    const b = g.block(1, { f: 0, block: 0 });
    g.entry = b;
    const node = (op: string, args: Node[], offset = 0) => {
      const n = g.node(b, op, 'i32', args, { value: op === 'global' ? callDepth : 0n, offset, bytes: 4 });
      b.nodes.push(n);
      return n;
    };
    const store = (address: Node, offset: number) =>
      node('store', [node('address', [node('base', []), address]), address], offset);
    const zero = g.constant('i32', 0n);
    expect(overwrites(store(zero, 2048), `global ${callDepth}`)).toBe(false);
    expect(overwrites(store(zero, 3), `global ${callDepth}`)).toBe(true);
    expect(overwrites(store(node('param', []), 2048), `global ${callDepth}`)).toBe(true);
    expect(overwrites(store(zero, 2048), 'fields')).toBe(true);
  });

  /*
   * do { x = f(load32(p)) + x ^ g(load32(p)); p += 8; } while (p != end); of f and g that access no memory
   *   gcc 12.2 -O2 -mcpu=cortex-m4, with checks, from the loop's beginning
   *     adds ip, r2, #4; adc r3, lr, #0; cmp r5, ip; sbcs r3, lr, r3; bcs; cmp r4, r6; beq; eor; mla; eor; adds; mul; cmp r1, r2; eor; beq
   */
  it('is only tested in a loop whose inlined functions access no memory', () => {
    const mixed = (by: number): FunctionSource => ({
      params: ['i32'],
      results: ['i32'],
      body: [
        ['local.get', 0],
        ['i32.const', by],
        ['i32.shr_u'],
        ['local.get', 0],
        ['i32.xor'],
        ['i32.const', 1234567 + by],
        ['i32.mul'],
      ],
    });
    const part = (f: number): Op[] => [
      ['local.get', 1],
      ['i32.load', 0, 0],
      ['call', f],
    ];
    const body: Op[] = [
      ['loop', 'void'],
      ...part(1),
      ['local.get', 2],
      ['i32.add'],
      ...part(2),
      ['i32.xor'],
      ['local.set', 2],
      ['local.get', 1],
      ['i32.const', 8],
      ['i32.add'],
      ['local.tee', 1],
      ['local.get', 0],
      ['i32.ne'],
      ['br_if', 0],
      ['end'],
      ['local.get', 2],
    ];
    const run: FunctionSource = {
      export: 'run',
      params: ['i32'],
      results: ['i32'],
      locals: ['i32', 'i32'],
      body,
    };
    const analysis = analyse(assemble([run, mixed(3), mixed(7)]));
    const counts = measure(instrument(analysis), ({ exports }) => {
      (exports.run as (n: number) => unknown)(64);
    });
    const [compiled] = compileModule(analysis, counts, firmware(true));
    const loop = compiled!.allocation.code.blocks.find((b) => b.weight === 8)!.code.map((m) => m.text);
    expect(loop.filter((t) => /depth|#500/.test(t))).toEqual(['cmp #500']);
    expect(loop).toHaveLength(16);
  });
});
