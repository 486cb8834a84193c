/**
 * What WAMR's classic interpreter does to find where a block ends (wasm_loader_find_block_addr): it reads on from the block's first instruction, skips the immediates of each by
 * a jump of its own for each kind, and puts what it found into its table, the block and the last one nested in it at each depth. The jump is one, from one place: it is mispredicted
 * where a kind follows another.
 */
import type { FunctionAnalysis } from '../../wasm/index.ts';
import type { Instruction } from '../../wasm/module.ts';

export interface ScanWork {
  /** How often each piece of work is done, by the names that their costs go by. */
  pieces: ReadonlyMap<string, number>;
  /** Instructions of another kind than the one before. */
  turns: number;
}

/** Depths that it remembers. */
const DEPTHS = 16;

const known = new WeakMap<FunctionAnalysis, Map<number, ScanWork>>();

/** Of the block that opens at a position in the function's body. */
export function scanWork(f: FunctionAnalysis, at: number): ScanWork {
  let works = known.get(f);
  if (!works) known.set(f, (works = new Map()));
  let work = works.get(at);
  if (!work) works.set(at, (work = read(f.wasm.body, at)));
  return work;
}

function read(body: readonly Instruction[], at: number): ScanWork {
  const pieces = new Map<string, number>();
  const add = (piece: string, times: number) => {
    if (times > 0) pieces.set(piece, (pieces.get(piece) ?? 0) + times);
  };
  let turns = 0;
  let before = 'end'; // of the block that was read last
  let depth = 1;
  let deepest = 1;
  for (let k = at + 1; depth > 0; k++) {
    const kind = kindOf(body[k]!);
    if (kind === 'open') deepest = Math.max(deepest, ++depth);
    if (kind === 'end') depth--;
    // Ends are paid for by what they close.
    if (kind !== 'end') add(`+scan:${kind}`, 1);
    add('+scan:byte', moreBytes(kind, body[k]!));
    if (kind !== before) turns++;
    before = kind;
  }
  add(`+scan:of-${body[at]!.name}`, 1);
  add('+scan:put', Math.min(deepest, DEPTHS) - 1);
  return { pieces, turns };
}

/** The ways of the reader's jump. */
function kindOf({ name }: Instruction): string {
  if (name === 'block' || name === 'loop' || name === 'if') return 'open';
  if (name === 'br' || name === 'br_if') return 'branch';
  if (name.startsWith('local.')) return 'local';
  if (name.startsWith('global.')) return 'global';
  if (/\.(load|store)/.test(name)) return 'access';
  if (/^memory\.(size|grow)$/.test(name)) return 'pages';
  if (/^(memory|table|data|elem)\.|trunc_sat/.test(name)) return 'misc';
  return /^(else|end|br_table|call|call_indirect|(i32|i64|f32|f64)\.const)$/.test(name) ? name : 'plain';
}

/** Bytes of a number beyond its first. */
function moreBytes(kind: string, { offset, end }: Instruction): number {
  const usual: Record<string, number> = {
    open: 2,
    branch: 2,
    local: 2,
    global: 2,
    call: 2,
    'i32.const': 2,
    'i64.const': 2,
    access: 3,
    call_indirect: 3,
  };
  return Math.max(0, end - offset - (usual[kind] ?? end - offset));
}
