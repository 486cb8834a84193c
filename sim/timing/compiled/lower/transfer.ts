/**
 * Copies and fills of memory: calls of the C library, except for what gcc writes out (arm_gen_cpymemqi and arm_gen_setmem of arm.cc, and
 * gimple_fold_builtin_memory_op, which also makes a memmove between places known not to meet a memcpy):
 *
 *   a copy of 1, 2 or 4 bytes                     a load and a store
 *   other copies between such places              up to 64 bytes: words, four at a time
 *   a fill of one byte                            a store
 *   a fill with a constant, of up to 31 bytes     stores of words; with NEON up to 64, 16 bytes a store
 */
import { assumedRun, transferCycles } from '../c-library.ts';
import { isConst, resolve, type Node } from '../ir.ts';
import type { Lowering } from './lowering.ts';

const [longestCopy, longestFill, longestVectorFill] = [64, 31, 64];

export function transfer(l: Lowering, n: Node): void {
  const [to, source, length] = n.args.map(resolve) as [Node, Node, Node];
  const copies = n.name !== 'memory.fill';
  const known = isConst(length) ? Number(BigInt.asUintN(32, length.value)) : null;
  if (known === 0) return;
  const apart = n.name === 'memory.init' || (copies && known !== null && areApart(to, source, known));
  if (known !== null) {
    if (copies && ([1, 2, 4].includes(known) || (apart && known <= longestCopy)))
      return writeOut(l, l.value(to), known, 4, l.value(source));
    const step = l.cLibrary === 'glibc' ? 16 : 4;
    const longest = step === 16 ? longestVectorFill : longestFill;
    if (!copies && (known === 1 || (isConst(source) && known <= longest)))
      return writeOut(l, l.value(to), known, step, null, l.value(source));
  }
  const given = [to, source, length].map((a) => {
    const register = l.fresh();
    if (isConst(a)) l.emit('move', `mov #${a.value}`, [register], [], { immediate: true });
    else l.emit('move', 'mov', [register], [l.value(a)], { copy: true, wide: 0 });
    return register;
  });
  const run = { ...assumedRun, ...n.transfer, ...(known === null ? {} : { bytes: known }) };
  const routine = apart ? 'memcpy' : copies ? 'memmove' : 'memset';
  l.emit('call', 'bl', [], given, { taken: 1, wide: 1 });
  l.library(routine, [], [], transferCycles(l.cLibrary, routine, run));
}

/** Two places at constant distances from one base, with no byte in common. */
function areApart(to: Node, from: Node, bytes: number): boolean {
  const [a, b] = [to, from].map(placeOf);
  return a !== null && b !== null && a!.base === b!.base && Math.abs(a!.at - b!.at) >= bytes;
}

function placeOf(n: Node): { base: Node; at: number } | null {
  const [base, at] = n.args.map(resolve) as [Node, Node];
  return n.op === 'address' && isConst(at) ? { base, at: Number(at.value) } : null;
}

/** Words of a copy or fill one by one; what is left over in halves and bytes. */
function writeOut(
  l: Lowering,
  to: number,
  bytes: number,
  step: number,
  from: number | null,
  value = 0,
): void {
  let left = bytes;
  while (left > 0) {
    const group: number[] = [];
    for (let k = 0; k < 4 && left > 0; k++) {
      const width = [step, 4, 2, 1].find((w) => w <= left)!;
      left -= width;
      if (from === null) l.emit('store', 'str', [], [to, value], { address: [to] });
      else {
        const word = l.fresh();
        l.emit('load', 'ldr', [word], [from], { address: [from] });
        group.push(word);
      }
    }
    for (const word of group) l.emit('store', 'str', [], [to, word], { address: [to] });
  }
}
