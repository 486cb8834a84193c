/** Globals, and the memory's data pointer and length: words of the module's instance. */
import { callDepth, type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

/** Where wasm2c's runtime counts how deep calls are nested. */
const depthAddress = 0x20000004;

const isDepth = (n: Node): boolean => n.op.endsWith('global') && n.value === callDepth;

export function readGlobal(l: Lowering, n: Node): void {
  if (isDepth(n)) {
    const address = [l.symbol(depthAddress)];
    return void l.emit('load', 'ldr depth', [l.result(n)], address, { address, cell: 'depth' });
  }
  l.emit('load', `ldr ${n.op}`, [l.result(n)], [l.instance], {
    address: [l.instance],
    wide: 0.5,
    cell: cellOf(n),
  });
}

/** The address of the static memory, from the literal pool; behind the asm it is no constant any more. */
export function readPool(l: Lowering, n: Node): void {
  l.emit('load', 'ldr [pc]', [l.result(n)], [], { wide: 0.3 });
}

export function readWideGlobal(l: Lowering, n: Node): void {
  for (const half of [0, 1])
    l.emit('load', 'ldr', [l.result(n, half)], [l.instance], { address: [l.instance] });
}

export function writeGlobal(l: Lowering, n: Node): void {
  if (isDepth(n)) {
    const value = l.value(n.args[0]!);
    const address = [l.symbol(depthAddress)];
    return void l.emit('store', 'str depth', [], [value, ...address], { address, cell: 'depth' });
  }
  l.emit('store', 'str global', [], [l.value(n.args[0]!), l.instance], {
    address: [l.instance],
    wide: 0.5,
    cell: cellOf(n),
  });
}

const cellOf = (n: Node): string => (n.op.endsWith('global') ? `global ${n.value}` : n.op);
