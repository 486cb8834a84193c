/**
 * What gcc 12 takes a function of wasm2c for in size and time when it decides on inlining it (estimate_num_insns and ipa-fnsummary): beside its entry, its return and the check of its depth. Conversions are
 * free; of what is read or written through the instance, half is taken to vanish in the caller. So is what constants of the call decide, with the code that they rule out; what comes from outside of the loops
 * around the call is taken to be worked out as often as it changes.
 */
import type { FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import type { Build } from './build.ts';
import { InlineValues, type Value } from './inline-values.ts';
import { passesCheck } from './static-profile.ts';

const free = /^(local\.|drop|nop|block|loop|else|end|return|br$|unreachable)/;
const opens = /^(block|loop)$/;
const conversion = /^i32\.wrap|^i64\.extend|^i32\.extend|reinterpret/;
const comparison = /\.(eqz|eq|ne|[lg][te](_[su])?)$/;
const decision = /^(if|br_if|select)/;
const shift = /\.(shl|shr_[su]|rotl|rotr)$/;

/** A test, and a call of the trap behind it with its time (eni_time_weights). */
const [test, trap, trapTime] = [2, 2, 11];
/** An access through the instance. */
const field = 0.5;
/** call_cost and div_mod_cost of eni_time_weights. */
const [callTime, divisionTime] = [10, 10];
/** The check of the depth of calls, and its decrement; what it takes again where a store may have changed the depth. */
const [depthSize, depthTime, depthAgain] = [8, 6, 2];
/** Of these what stands in front of a part (function-splitting.ts), with its trap apart. */
const [headSize, headTime] = [5, 5];
/** What goes with an inlined function: its return. */
const [returnSize, returnTime] = [3, 2];
/** Where a variable of four bytes ends. */
const behindDepth = 4;

export interface InlinedCall {
  /** Its place in the function's body. */
  at: number;
  callee: number;
  args: readonly Value[];
  /** How often, as a part of what the entry of the whole counts. */
  frequency: number;
  depth: number;
  /** Of the call itself. */
  size: number;
  time: number;
}

export interface InlineSize {
  size: number;
  time: number;
  /** What the function takes besides where it is not inlined. */
  own: { size: number; time: number };
  calls: InlinedCall[];
}

export interface Placed {
  /** What its parameters are given. */
  args: readonly Value[];
  /** How often it is entered. */
  frequency: number;
  depth: number;
}

/**
 * @param reached How often each instruction is reached where the entry is once, 0 for none.
 * @param build What the accessors do.
 * @param isPart The check of the depth is not in it.
 */
export function inlineSize(
  { functions, module, placed: places }: ModuleAnalysis,
  f: FunctionAnalysis,
  reached: Float64Array,
  { args, frequency, depth }: Placed,
  { checked, rewritten }: Pick<Build, 'checked' | 'rewritten'>,
  isPart = false,
): InlineSize {
  const { body } = f.wasm;
  const result: InlineSize = { size: 0, time: 0, own: { size: returnSize, time: 0 }, calls: [] };
  const instance: Value = { kind: 'given', changes: Math.min(1, 1 / frequency), at: 1 };
  const values = new InlineValues(module, f.wasm, args, frequency);
  let often = 0;
  const cost = (size: number, changes = 1, time = size) => {
    result.size += size;
    result.time += time * often * changes;
  };
  // What is known of the instance's fields until something may have written them.
  let fields = new Set<string>();
  let untouched = true;
  let depthIsKnown = true;
  const readField = (name: string, changes = 1) => {
    if (fields.has(name)) return;
    cost(field, changes);
    result.own.size += field;
    result.own.time += field * often;
    fields.add(name);
  };
  const written = (mayBeDepth: boolean) => {
    fields = new Set();
    untouched = false;
    if (mayBeDepth) depthIsKnown = false;
  };
  const loops = loopDepths(f);
  body.forEach((instruction, i) => {
    const { name, index, memoryOffset } = instruction;
    // What a loop assigns is assigned in its first block.
    const place = instruction.name === 'loop' ? body.findIndex((x, k) => k > i && !opens.test(x.name)) : i;
    often = frequency * reached[place]!;
    const previous = body[i - 1]?.name ?? '';
    if (values.isDead || free.test(name)) return values.step(instruction, i, often);
    const operands = values.operands(instruction);
    const changes = Math.max(0, ...operands.map((v) => v.changes));
    const isConstant = operands.every((v) => v.kind === 'constant');
    if (/^\w+\.(load|store)/.test(name)) {
      const address = operands[0]!;
      const known = address.kind === 'constant';
      if (memoryOffset > 0 && !known) cost(1, address.changes);
      if (rewritten) {
        // The asm hides the pointer; what is checked compares with a constant.
        if ((places?.kinds[f.wasm.index]?.get(i) ?? 'any') === 'any') {
          cost(test, address.changes);
          cost(trap, 1, (1 - passesCheck) * trapTime);
          often *= passesCheck;
        }
        cost(known ? 1 : 2);
        return values.step(instruction, i, often);
      }
      if (checked) {
        readField('size');
        if (!known) cost(1, address.changes);
        cost(test);
        cost(trap, 1, (1 - passesCheck) * trapTime);
        often *= passesCheck;
      }
      readField('base');
      // The pointer, the access, and the asm that keeps it.
      if (!known) cost(1);
      cost(name.includes('load') ? 2 : 1);
      if (name.includes('store'))
        written(
          !/^.64\.store$/.test(name) &&
            (!known || Number(BigInt.asUintN(32, address.constant ?? 0n)) + memoryOffset < behindDepth),
        );
    } else if (name === 'global.get') {
      readField(`global ${index}`, untouched ? instance.changes : 1);
      return values.push(untouched ? instance : { kind: 'other', changes: 1, at: often });
    } else if (name === 'global.set') {
      fields.delete(`global ${index}`);
      readField(`global ${index}`);
    } else if (name === 'call') {
      const { type } = functions[index]!.wasm;
      // The instance is one of the arguments; a result that nothing takes is not moved.
      const moved = 1 + type.params.length + (body[i + 1]!.name === 'drop' ? 0 : type.results.length);
      const call = { at: i, callee: index, args: operands, frequency: often, depth: depth + loops(i) };
      result.calls.push({ ...call, size: 1 + moved, time: (callTime + moved) * often });
      cost(1 + moved, 1, callTime + moved);
      written(true);
    } else if (name.startsWith('call') || name.startsWith('memory.')) {
      cost(4, 1, callTime + 4);
      written(true);
    } else if (decision.test(name)) {
      if (operands.at(-1)?.kind !== 'constant')
        cost(comparison.test(previous) ? 1 : 2, operands.at(-1)!.changes);
    } else if (name === 'br_table') {
      if (!isConstant) cost(8, changes);
    } else if (/^i.*\.(div|rem)_/.test(name)) {
      if (operands[1]!.kind === 'constant') {
        if (!isConstant) cost(1, changes);
      } else {
        cost(1, changes, divisionTime);
        cost(test + trap, changes, test);
      }
    } else if (isConstant || conversion.test(name)) {
      // Free.
    } else if (shift.test(name)) cost(operands[1]!.kind === 'constant' ? 1 : 2, changes);
    else if (/\.(clz|ctz)$/.test(name)) cost(3, changes);
    else cost(1, changes);
    values.step(instruction, i, often);
  });
  often = frequency;
  if (rewritten) {
    result.own.time += returnTime * often;
    return result;
  }
  if (isPart) cost(depthSize - headSize - trap, 1, depthTime - headTime);
  else cost(depthSize, 1, depthTime);
  // The depth is read again on the way out.
  if (!depthIsKnown) cost(depthAgain);
  result.own.time += returnTime * often;
  return result;
}

/** The place of its call in the head of a function that is split. */
export const headCall = -1;

/** The check of the depth of calls, and the call of the part behind it. */
export function sizeOfHead({ wasm }: FunctionAnalysis, part: number, placed: Placed): InlineSize {
  const { args, frequency, depth } = placed;
  const moved = 1 + wasm.type.params.length + wasm.type.results.length;
  const call = { size: 1 + moved, time: (callTime + moved) * frequency };
  return {
    size: headSize + trap + call.size,
    time: headTime * frequency + call.time,
    own: { size: returnSize, time: returnTime * frequency },
    calls: [{ at: headCall, callee: part, args, frequency, depth, ...call }],
  };
}

function loopDepths({ blocks, loops }: FunctionAnalysis): (at: number) => number {
  return (at) => loops[blocks.find((b) => b.first <= at && at < b.last)?.loop ?? -1]?.depth ?? 0;
}
