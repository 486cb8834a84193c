/** Globals, and the memory's data pointer and length: words of the module's instance. */
import type { Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

export function readGlobal(l: Lowering, n: Node): void {
  l.emit('load', `ldr ${n.op}`, [l.result(n)], [l.instance], { address: [l.instance], wide: 0.5 });
}

export function readWideGlobal(l: Lowering, n: Node): void {
  for (const half of [0, 1])
    l.emit('load', 'ldr', [l.result(n, half)], [l.instance], { address: [l.instance] });
}

export function writeGlobal(l: Lowering, n: Node): void {
  l.emit('store', 'str global', [], [l.value(n.args[0]!), l.instance], {
    address: [l.instance],
    wide: 0.5,
  });
}
