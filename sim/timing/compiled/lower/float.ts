/** Floating-point work, as instructions of the FPU or a run of cycles; no kernel of ours has any. */
import { type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

export function float(l: Lowering, n: Node): void {
  const doubles = n.type === 'f64' || n.name.startsWith('f64') || n.args[0]?.type === 'f64';
  const uses = n.args.map((a) => l.value(a));
  const cycles = /div|sqrt/.test(n.name) ? 30 : doubles ? 12 : 4;
  if (n.op === 'floatconst') l.emit('load', 'vldr', [l.result(n)], [], { wide: 1 });
  else l.emit('vfp', n.name, [l.result(n)], uses, { cycles, wide: 1 });
  if (n.type === 'i64') l.set(n, 1, l.result(n));
}
