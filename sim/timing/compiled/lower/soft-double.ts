/**
 * Doubles on a unit for single precision: two registers of the core, as a 64-bit integer, and calls into the compiler's library. Cycles of a call with normal numbers are in
 * float-cycles.ts.
 */
import { softCycles } from '../float-cycles.ts';
import { resolve, type Node } from '../ir.ts';
import { inUnit } from './float-values.ts';
import type { Lowering } from './lowering.ts';

export function softDouble(l: Lowering, n: Node): void {
  const operation = n.name.slice(4);
  const words = (v: Node): number[] => {
    const a = resolve(v);
    if (a.type === 'f32') return [inUnit(l, a)];
    return a.type === 'i64' ? [l.value(a, 0), l.value(a, 1)] : [l.value(a)];
  };
  const results = (): number[] => (n.type === 'i64' ? [l.result(n, 0), l.result(n, 1)] : [l.result(n)]);
  if (operation.startsWith('reinterpret'))
    return void words(n.args[0]!).forEach((r, half) => l.set(n, half, r));
  const uses = n.args.flatMap((a) => passed(l, resolve(a), words(a)));
  if (/^(abs|neg|copysign)$/.test(operation)) {
    const [low, high] = results();
    l.emit('move', 'mov', [low!], [uses[0]!], { copy: true, wide: 0 });
    return l.alu('eor sign', high!, uses.slice(1), { immediate: uses.length === 2, wide: 1 });
  }
  l.library(n.name, results(), uses, softCycles(n.name));
}

/** Arguments go to r0 to r3: what is not the result of the call before moves there. */
function passed(l: Lowering, n: Node, words: number[]): number[] {
  const last = l.code.findLast((m) => m.kind === 'library');
  if (last && words.every((r) => last.defs.includes(r)) && (l.users.get(n)?.length ?? 0) === 1) return words;
  if (n.type === 'f32') return words;
  return words.map((from) => {
    const to = l.fresh();
    l.emit('move', 'mov', [to], [from], { wide: 0 });
    return to;
  });
}
