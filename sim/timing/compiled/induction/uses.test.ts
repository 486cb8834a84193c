import { expect, it } from 'vitest';
import { Graph } from '../ir.ts';
import { memoryObject } from './uses.ts';

/*
 * The pointer that ways with and without a store bring along: kernel hopfield without checks, gcc 12.2 -mcpu=cortex-m4, dump of ivopts: prephitmp_297 is a phi of phis, and both loads are
 *   Type: REFERENCE ADDRESS   Base: (unsigned char *) (prephitmp_297 + 60128)   Object: (void *) prephitmp_297
 */
it('knows a pointer that comes through several joins', () => {
  const g = new Graph();
  const at = { f: 0, block: 0 };
  const [outer, inner] = [g.block(1, at), g.block(1, at)];
  const base = g.node(outer, 'base', 'i32', []);
  const first = g.node(outer, 'phi', 'i32', []);
  const second = g.node(inner, 'phi', 'i32', [first]);
  second.args.push(second, g.node(inner, 'base', 'i32', []));
  first.args.push(base, second);
  const third = g.node(inner, 'phi', 'i32', [first, second]);
  const other = g.node(inner, 'phi', 'i32', [g.constant('i32', 4n)]);
  const form = (n: typeof base) => ({ terms: new Map([[n, 1]]), constant: 0 });
  expect(memoryObject(form(third))).toBe(third);
  expect(memoryObject(form(other))).toBeNull();
});
