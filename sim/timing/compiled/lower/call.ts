/** Calls: arguments go to fresh registers, which the allocator joins with what they come from. */
import { firstWords, gotCell, passedCell, wordsInRegisters } from '../argument-words.ts';
import { isConst, resolve, type Node } from '../ir.ts';
import { inUnit, isFloat } from './float-values.ts';
import type { Lowering } from './lowering.ts';
import { instruction, type Machine } from '../machine.ts';
import { transfer } from './transfer.ts';

export function call(l: Lowering, n: Node): void {
  if (/^memory\.(copy|fill|init)$/.test(n.name)) return transfer(l, n);
  const indirect = n.name === 'indirect';
  const uses: number[] = [];
  const passed = (indirect ? n.args.slice(0, -1) : n.args).map(resolve);
  const words = firstWords(
    passed.map((a) => a.type),
    l.g.hasInstance,
  );
  passed.toReversed().forEach((a, i) => store(l, a, words.at(-1 - i)!));
  passed.forEach((r, i) => {
    if (words[i]! >= wordsInRegisters) return;
    for (const half of r.type === 'i64' ? [0, 1] : [0]) {
      if (isFloat(r)) {
        uses.push(inUnit(l, r));
        continue;
      }
      const to = l.fresh();
      if (isConst(r)) l.emit('move', `mov #${r.value}`, [to], [], { immediate: true });
      else l.emit('move', 'mov', [to], [l.value(r, half)], { copy: true, wide: 0 });
      uses.push(to);
    }
  });
  const defs = n.type === 'void' ? [] : [l.result(n, 0)];
  if (n.type === 'i64') defs.push(l.result(n, 1));
  if (indirect) {
    const entry = tableEntry(l, n.args.at(-1)!);
    const changes = l.tableChanges;
    l.emit('call', 'blx', defs, [entry.owner, ...uses, entry.target], { taken: 1, wide: 0, changes });
  } else
    l.emit('call', 'bl', defs, [...(l.g.hasInstance ? [l.instance] : []), ...uses], { taken: 1, wide: 1 });
}

/** What registers have no room for is stored before they are filled, the last of it first. */
function store(l: Lowering, a: Node, word: number): void {
  if (word < wordsInRegisters) return;
  for (const half of a.type === 'i64' ? [1, 0] : [0]) {
    const cell = passedCell(word + half);
    l.emit('store', 'str [sp]', [], [l.value(a, half)], { wide: 0.5, cell });
  }
}

/** Loads of the arguments that came on the stack, at the entry. */
export function loadArguments(l: Lowering): Machine[] {
  return l.g.entry.nodes
    .filter((n) => n.op === 'param' && n.offset >= wordsInRegisters)
    .flatMap((n) =>
      [0, 1].flatMap((half) => {
        const to = l.registers.get(l.key(n, half));
        if (to === undefined) return [];
        const cell = gotCell(n.offset + half);
        return [instruction('load', 'ldr [sp]', n.origin, { defs: [to], wide: 0.5, cell })];
      }),
    );
}

/** Where the types of the module's functions stand: a variable at a fixed address. */
const functionTypes = 0x20000010;

/**
 * An entry of a table, 12 bytes: type, function, instance. wasm2c asks whether the index is in the table, the entry filled, and its type that
 * of the call.
 */
function tableEntry(l: Lowering, given: Node): { target: number; owner: number } {
  const index = l.value(given);
  const load = (address: number[], registerOffset = false): number => {
    const to = l.fresh();
    l.emit('load', 'ldr table', [to], address, { address, registerOffset, wide: 0.3 });
    return to;
  };
  const shifted = { shifted: true, immediate: true, wide: 1 };
  l.emit('compare', 'cmp size', [], [load([l.instance]), index], { wide: 0 });
  l.branch('bls trap', [], 0, false, true);
  const [words, entry] = [l.fresh(), l.fresh()];
  const data = load([l.instance]);
  l.alu('add lsl', words, [index, index], shifted);
  l.alu('add lsl', entry, [data, words], shifted);
  const target = load([entry]);
  l.branch('cbz trap', [target], 0, false);
  const type = load([data, words], true);
  l.emit('compare', 'cmp type', [], [type, load([l.symbol(functionTypes)])], { wide: 0 });
  l.branch('bne trap', [], 0, false, true);
  return { target, owner: load([entry]) };
}
