import { expect, it } from 'vitest';
import { Graph, resolve, type Block, type Node } from './ir.ts';
import { bringAddresses, removePartialRedundancies } from './partial-redundancy.ts';
import { analyseStructure } from './structure.ts';

const at = { f: 0, block: 0 };

/** A switch over labels that fall into one another; each reads at the same address, behind `before`. */
function labels(
  count: number,
  before: (g: Graph, b: Block) => Node[] = () => [],
): { g: Graph; labels: Block[] } {
  const g = new Graph();
  const entry = g.block(1, at);
  const exit = g.block(1, at);
  const all = Array.from({ length: count }, () => g.block(1, at));
  g.entry = entry;
  const edge = (from: Block, to: Block) => {
    const e = { from, to, weight: 1 };
    to.preds.push(e);
    return e;
  };
  const x = g.node(entry, 'param', 'i32', []);
  const which = g.node(entry, 'param', 'i32', [], { value: 1n });
  entry.nodes = [x, which];
  entry.term = { kind: 'table', condition: which, edges: [...all, exit].map((b) => edge(entry, b)) };
  all.forEach((b, i) => {
    const base = g.node(b, 'base', 'i32', []);
    const address = g.node(b, 'address', 'i32', [base, x]);
    const load = g.node(b, 'load', 'i32', [address], { offset: i, bytes: 1 });
    const kept = g.node(b, 'setglobal', 'void', [load]);
    b.nodes = [...before(g, b), base, address, load, kept];
    b.term = { kind: 'jump', edges: [edge(b, all[i + 1] ?? exit)] };
  });
  exit.term = { kind: 'return', values: [], edges: [] };
  analyseStructure(g);
  return { g, labels: all };
}

const counted = (blocks: readonly Block[], op: string) =>
  blocks.flatMap((b) => b.nodes).filter((n) => n.op === op).length;

/*
 * gcc 12.2, the dense layer of deepauth/sub128 without checks, Cortex-M4: on the way from the switch to each label, once,
 *   ldr r2, [sp, #0];  ldr r3, [sp, #124];  ldr r1, [sp, #72];  movs r0, #0; ...;  adds r3, r2, r3;  adds r1, r2, r1
 * and at each label only ldrsh.w r4, [r1, #8];  ldrsb.w lr, [r3, #64]; ...
 */
it('makes the address on the way from the switch, not at labels that are fallen into', () => {
  const {
    g,
    labels: [first, ...others],
  } = labels(5);
  removePartialRedundancies(g);
  // The tree pass brings the pointer of the memory; the addresses have offsets.
  expect([counted(others, 'address'), counted(others, 'base')]).toEqual([others.length, 0]);
  bringAddresses(g);
  expect(counted(others, 'address')).toBe(0);
  // Nothing falls into the first label.
  expect(counted([first!], 'address')).toBe(1);
  for (const b of others) {
    const address = resolve(b.nodes.find((n) => n.op === 'load')!.args[0]!);
    expect(address.op).toBe('phi');
    expect(address.block).toBe(b);
    expect(b.preds.map((e) => e.from.term.kind)).toEqual(['jump', 'jump']);
  }
  // On each way of its own from the switch, once.
  const ways = g.blocks.filter((b) => b !== first && !others.includes(b));
  expect(counted(ways, 'address')).toBe(others.length);
});

it('brings an address among values where offsets are the same, and later none with a constant index', () => {
  const same = labels(3);
  for (const n of same.labels.flatMap((b) => b.nodes)) if (n.op === 'load') n.offset = 0;
  removePartialRedundancies(same.g);
  expect(counted(same.labels.slice(1), 'address')).toBe(0);
  const constant = labels(3);
  for (const n of constant.labels.flatMap((b) => b.nodes))
    if (n.op === 'address') n.args[1] = constant.g.constant('i32', 4n);
  removePartialRedundancies(constant.g);
  bringAddresses(constant.g);
  expect(counted(constant.labels.slice(1), 'address')).toBe(2);
});

it('leaves what stands behind a check, which control may not pass', () => {
  const { g, labels: all } = labels(3, (graph, b) => [graph.node(b, 'check', 'void', [g0(b)])]);
  removePartialRedundancies(g);
  expect(counted(all, 'address')).toBe(3);
});

const g0 = (b: Block): Node => b.preds[0]!.from.nodes[0]!;
