import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse, instrument, measure, openMeter, operatorCounts, operatorsByFunction } from './index.ts';
import { assemble, type Op } from './assemble.ts';

/**
 * Random structured programs in a language of decisions: a local holds a linear congruential state, each decision
 * takes its top bits; loops end by fuel. `run` is an interpreter of this language that counts operators by itself.
 */
type Node =
  | { kind: 'work'; count: number }
  | { kind: 'block' | 'loop'; body: Node[] }
  | { kind: 'if'; body: Node[]; other: Node[] | null }
  | { kind: 'br_if'; depth: number }
  | { kind: 'br'; depth: number }
  | { kind: 'table'; depths: number[] }
  | { kind: 'return' };

const state = 0;
const fuel = 1;
const draw: Op[] = [
  ['local.get', state],
  ['i32.const', 1664525],
  ['i32.mul'],
  ['i32.const', 1013904223],
  ['i32.add'],
  ['local.tee', state],
  ['i32.const', 30],
  ['i32.shr_u'],
];

function compile(nodes: readonly Node[], depth: number): Op[] {
  return nodes.flatMap((n): Op[] => {
    switch (n.kind) {
      case 'work':
        return Array.from({ length: n.count }, () => ['nop']);
      case 'block':
        return [['block', 'void'], ...compile(n.body, depth + 1), ['end']];
      case 'loop':
        // Leaves the function when the fuel is used up.
        return [
          ['loop', 'void'],
          ['local.get', fuel],
          ['i32.const', 1],
          ['i32.sub'],
          ['local.tee', fuel],
          ['i32.eqz'],
          ['br_if', depth + 1],
          ...compile(n.body, depth + 1),
          ['end'],
        ];
      case 'if':
        return [
          ...draw,
          ['if', 'void'],
          ...compile(n.body, depth + 1),
          ...(n.other ? [['else'] as Op, ...compile(n.other, depth + 1)] : []),
          ['end'],
        ];
      case 'br_if':
        return [...draw, ['br_if', n.depth % (depth + 1)]];
      case 'br':
        return [['br', n.depth % (depth + 1)]];
      case 'table':
        return [...draw, ['br_table', ...n.depths.map((d) => d % (depth + 1))]];
      case 'return':
        return [['return']];
    }
  });
}

class Interpreter {
  state = 1;
  fuel = 40;
  operators = 0;

  private draw(): number {
    this.operators += draw.length;
    this.state = (Math.imul(this.state, 1664525) + 1013904223) | 0;
    return this.state >>> 30;
  }

  /** Depth of the branch that left the list, or -1. */
  list(nodes: readonly Node[], depth: number): number {
    for (const n of nodes) {
      const left = this.node(n, depth);
      if (left >= 0) return left;
    }
    return -1;
  }

  private node(n: Node, depth: number): number {
    switch (n.kind) {
      case 'work':
        this.operators += n.count;
        return -1;
      case 'block':
        return Math.max(-1, this.list(n.body, depth + 1) - 1);
      case 'loop':
        for (;;) {
          this.operators += 6;
          if (--this.fuel === 0) return depth;
          const left = this.list(n.body, depth + 1);
          if (left !== 0) return Math.max(-1, left - 1);
        }
      case 'if': {
        const taken = this.draw() !== 0;
        this.operators++;
        return Math.max(-1, this.list(taken ? n.body : (n.other ?? []), depth + 1) - 1);
      }
      case 'br_if': {
        const taken = this.draw() !== 0;
        this.operators++;
        return taken ? n.depth % (depth + 1) : -1;
      }
      case 'br':
        this.operators++;
        return n.depth % (depth + 1);
      case 'table': {
        const i = Math.min(this.draw(), n.depths.length - 1);
        this.operators++;
        return n.depths[i]! % (depth + 1);
      }
      case 'return':
        this.operators++;
        return depth;
    }
  }
}
const program = fc.letrec<{ list: Node[]; node: Node }>((tie) => ({
  list: fc.array(tie('node'), { maxLength: 4 }),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('work' as const), count: fc.nat(3) }),
    fc.record({ kind: fc.constant('br_if' as const), depth: fc.nat(5) }),
    fc.record({ kind: fc.constantFrom('block' as const, 'loop' as const), body: tie('list') }),
    fc.record({ kind: fc.constant('if' as const), body: tie('list'), other: fc.option(tie('list')) }),
    fc.record({ kind: fc.constant('br' as const), depth: fc.nat(5) }),
    fc.record({
      kind: fc.constant('table' as const),
      depths: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
    }),
    fc.constant({ kind: 'return' as const }),
  ),
})).list;

const moduleOf = (nodes: readonly Node[]) =>
  assemble([
    {
      export: 'run',
      locals: ['i32', 'i32'],
      body: [
        ['i32.const', 1],
        ['local.set', state],
        ['i32.const', 40],
        ['local.set', fuel],
        ...compile(nodes, 0),
      ],
    },
  ]);

describe('counting', () => {
  it('agrees with an interpreter on random structured programs', () => {
    fc.assert(
      fc.property(program, (nodes) => {
        const analysis = analyse(moduleOf(nodes));
        const counts = measure(instrument(analysis), (i) => (i.exports.run as () => void)());
        const interpreter = new Interpreter();
        interpreter.list(nodes, 0);
        expect(operatorsByFunction(analysis, counts)).toEqual([interpreter.operators + 4]);
      }),
      { numRuns: 400, seed: 11 },
    );
  });

  it('counts each call of one instance by itself, callees apart', () => {
    const analysis = analyse(
      assemble([
        { params: ['i32'], results: ['i32'], body: [['local.get', 0], ['i32.const', 1], ['i32.add']] },
        {
          export: 'twice',
          results: ['i32'],
          body: [
            ['i32.const', 5],
            ['call', 0],
            ['call', 0],
          ],
        },
      ]),
    );
    const meter = openMeter(instrument(analysis));
    for (let i = 0; i < 3; i++) {
      const counts = meter.count((instance) => expect((instance.exports.twice as () => number)()).toBe(7));
      expect(operatorsByFunction(analysis, counts)).toEqual([6, 3]);
      expect(operatorCounts(analysis, counts).get('call')).toBe(2);
    }
  });

  it('keeps functions with several results and early returns', () => {
    const analysis = analyse(
      assemble([
        {
          export: 'pair',
          params: ['i32'],
          results: ['i32', 'i64'],
          body: [
            ['loop', 'void'],
            ['local.get', 0],
            ['i32.eqz'],
            ['if', 'void'],
            ['i32.const', 7],
            ['i64.const', 8n],
            ['return'],
            ['end'],
            ['local.get', 0],
            ['i32.const', 1],
            ['i32.sub'],
            ['local.set', 0],
            ['br', 0],
            ['end'],
            ['unreachable'],
          ],
        },
      ]),
    );
    const counts = measure(instrument(analysis), (i) =>
      expect((i.exports.pair as (n: number) => unknown)(3)).toEqual([7, 8n]),
    );
    expect(operatorsByFunction(analysis, counts)).toEqual([4 * 3 + 3 * 5 + 3]);
  });

  it('ESC507: refuses to count a call that traps', () => {
    const analysis = analyse(assemble([{ export: 'run', body: [['unreachable']] }]));
    expect(() => measure(instrument(analysis), (i) => (i.exports.run as () => void)())).toThrow(
      /ESC507.*unreachable/,
    );
  });
});
