/** Floating-point work: an instruction of the unit, or a call where it has none; float-cycles.ts says what each takes. */
import { type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

export function float(l: Lowering, n: Node): void {
  const uses = n.args.map((a) => l.value(a));
  if (n.op === 'floatconst') l.emit('load', 'vldr', [l.result(n)], [], { wide: 1 });
  else l.emit('vfp', n.name, [l.result(n)], uses, { wide: 1 });
  if (n.type === 'i64') l.set(n, 1, l.result(n));
}
