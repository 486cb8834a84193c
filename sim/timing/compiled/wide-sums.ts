/**
 * Sums of 64 bits that replace one of their operands. Made of two instructions, such a sum cannot go where an operand stands (optabs.cc, expand_binop_directly), so it gets words of its own, which are copied to
 * the variable. What reads the variable and can only mean this sum then reads the words instead (fwprop.cc), inside the loop and in those around it; until cse.cc, behind it, puts the variable back on the paths of
 * blocks that it follows. What reads the sum elsewhere keeps its words alive beside the variable, and the copies stay.
 */
import { longestPath, onlyBefore } from './block-paths.ts';
import { isCheck, keptMove, type Machine, type MachineBlock, type MachineCode } from './machine.ts';

/** A branch over what only some numbers get. */
export const over = 'bge over';

interface Word {
  m: Machine;
  block: MachineBlock;
  /** Where the copy goes. */
  behind: Machine;
}

export function keepWideSums(code: MachineCode): void {
  const words = code.blocks.flatMap(replacingWords);
  if (words.length === 0) return;
  const inLoops = loopsOf(code);
  const paths = new Paths(code);
  for (const word of words) {
    const v = word.m.defs[0]!;
    const away: Machine[] = [];
    const reaching = reachedBy(code, word, v);
    for (const b of code.blocks) {
      const within = inLoops(b.id).every((loop) => inLoops(word.block.id).includes(loop));
      let only = reaching.get(b.id) === 'this';
      b.code.forEach((m, i) => {
        if (only && within && m.uses.includes(v) && !changesInPlace(m, v) && !paths.follow(word, b, i))
          away.push(m);
        if (m.defs.includes(v)) only = m === word.m;
      });
    }
    if (away.length === 0) continue;
    const sum = code.registers++;
    word.m.defs = [sum];
    const at = word.block.code.indexOf(word.behind) + 1;
    word.block.code.splice(at, 0, keptMove(v, sum, word.m.origin));
    for (const m of away) {
      m.uses = m.uses.map((u) => (u === v ? sum : u));
      m.address = m.address.map((u) => (u === v ? sum : u));
      if (m.accumulator === v) m.accumulator = sum;
    }
  }
}

const changesInPlace = (m: Machine, v: number): boolean =>
  m.writeback === v || (m.defs.includes(v) && (m.conditional || m.accumulator === v));

/** Words of sums that take the place of one of the operands. */
function replacingWords(block: MachineBlock): Word[] {
  const found: Word[] = [];
  block.code.forEach((low, i) => {
    if (!/^(adds|subs)\b/.test(low.text) || low.defs.length !== 1) return;
    const high = block.code.slice(i + 1).find((m) => m.readsFlags || m.setsFlags || m.kind === 'branch');
    if (!high || !/^(adc|sbc)\b/.test(high.text)) return;
    if (![low, high].some((m) => m.uses.includes(m.defs[0]!))) return;
    for (const m of [low, high]) found.push({ m, block, behind: high });
  });
  return found;
}

function loopsOf(code: MachineCode): (block: number) => readonly number[] {
  const of = new Map<number, number[]>();
  code.loops.forEach((loop, i) => {
    for (const b of loop.blocks) of.set(b, [...(of.get(b) ?? []), i]);
  });
  return (block) => of.get(block) ?? [];
}

/** For the beginning of each block, whether all ways there that define the variable end with this word. */
function reachedBy(code: MachineCode, word: Word, v: number): Map<number, 'this' | 'other'> {
  const state = new Map<number, 'this' | 'other'>([[code.entry, 'other']]);
  const leaves = new Map<number, 'this' | 'other'>();
  for (const b of code.blocks) {
    const last = b.code.findLast((m) => m.defs.includes(v));
    if (last) leaves.set(b.id, last === word.m ? 'this' : 'other');
  }
  for (let changed = true; changed;) {
    changed = false;
    for (const b of code.blocks) {
      const out = leaves.get(b.id) ?? state.get(b.id);
      if (!out) continue;
      for (const { to } of b.successors) {
        const before = state.get(to);
        if (before === out || before === 'other') continue;
        state.set(to, before ? 'other' : out);
        changed = true;
      }
    }
  }
  return state;
}

interface Place {
  root: string;
  at: number;
}

/** Paths of blocks each of which comes only from the one before. Checks end blocks, too; behind a branch over a few instructions, a path begins. */
class Paths {
  private readonly before: (b: MachineBlock) => MachineBlock | null;
  private readonly starts = new Map<number, Place>();

  constructor(code: MachineCode) {
    this.before = onlyBefore(code);
  }

  private start(b: MachineBlock): Place {
    const known = this.starts.get(b.id);
    if (known) return known;
    const own = { root: `${b.id}`, at: 0 };
    this.starts.set(b.id, own);
    const before = this.before(b);
    if (!before) return own;
    const { root, at } = this.place(before, before.code.length);
    const start = { root, at: at + 1 };
    this.starts.set(b.id, start);
    return start;
  }

  /** On which path an instruction is, and in which of its blocks. */
  private place(b: MachineBlock, index: number): Place {
    let { root, at } = this.start(b);
    for (let i = 0; i < index; i++) {
      const m = b.code[i]!;
      if (isCheck(m)) at++;
      else if (m.text === over) [root, at] = [`${b.id} ${i}`, 0];
    }
    return { root, at };
  }

  /** Whether the path on which a word is made goes on to an instruction of a block. */
  follow({ m, block }: Word, b: MachineBlock, index: number): boolean {
    const made = this.place(block, block.code.indexOf(m));
    const read = this.place(b, index);
    return made.root === read.root && Math.floor(made.at / longestPath) === Math.floor(read.at / longestPath);
  }
}
