/** Entry and exit of a function: saved registers, stack frame, return. */
import type { Allocation } from './allocate.ts';
import { instruction, type Machine } from './machine.ts';

export function addFrame({ code, saved, savedFloats, spills }: Allocation): void {
  const calls = code.blocks.some((b) => b.code.some((m) => m.kind === 'call' || m.kind === 'library'));
  // The stack stays aligned to 8 bytes.
  const words = calls || saved > 0 ? Math.ceil((saved + 1) / 2) * 2 : 0;
  for (const b of code.blocks) {
    const frame: Machine[] = [];
    if (words > 0) frame.push(instruction('store', `push x${words}`, b.origin, { words }));
    if (savedFloats > 0) frame.push(instruction('store', 'vpush', b.origin, { words: 2 * savedFloats }));
    if (spills > 0) frame.push(instruction('alu', 'sub sp', b.origin, { immediate: true }));
    if (b.id === code.entry) b.code.unshift(...frame);
    const at = b.code.findIndex((m) => m.text === 'return');
    if (at < 0) continue;
    const leave: Machine[] = [];
    if (spills > 0) leave.push(instruction('alu', 'add sp', b.origin, { immediate: true }));
    if (savedFloats > 0) leave.push(instruction('load', 'vpop', b.origin, { words: 2 * savedFloats }));
    leave.push(
      words > 0
        ? instruction('load', `pop x${words}`, b.origin, { words, returns: true })
        : instruction('branch', 'bx lr', b.origin, { taken: 1 }),
    );
    b.code.splice(at, 1, ...leave);
  }
}
