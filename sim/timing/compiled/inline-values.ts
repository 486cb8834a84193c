/** What a function's values are known to be where it is inlined: its locals and its operand stack, instruction by instruction, with the ways that constants rule out. */
import type { Instruction, WasmFunction, WasmModule } from '../../wasm/module.ts';
import type { Type } from './ir.ts';
import { bitsOf } from './bits.ts';
import { isUnary, stackEffect } from './stack.ts';
import { evaluate } from './simplify.ts';

export interface Value {
  /** Known, made of nothing but what the call gives, or anything else. */
  kind: 'constant' | 'given' | 'other';
  constant?: bigint | null;
  /** How often it changes, as a part of how often the function is entered (param_change_prob). */
  changes: number;
  /** How often it is worked out. */
  at: number;
}

const known = (constant: bigint | null): Value => ({ kind: 'constant', constant, changes: 0, at: 0 });

interface Frame {
  loop: boolean;
  height: number;
  arity: number;
  /** Locals as all ways to its end have them; null where none comes. */
  end: Value[] | null;
  /** Locals before an arm, for the other one; null where it is not reached. */
  other: Value[] | null;
}

export class InlineValues {
  isDead = false;
  private locals: Value[];
  private stack: Value[] = [];
  private readonly frames: Frame[] = [];
  private readonly module: WasmModule;
  private readonly f: WasmFunction;

  constructor(module: WasmModule, f: WasmFunction, args: readonly Value[], frequency: number) {
    this.module = module;
    this.f = f;
    const { params, results } = f.type;
    this.locals = f.locals.map((_, i) => {
      const arg = args[i];
      if (i >= params.length) return known(0n);
      if (!arg || arg.kind === 'constant') return arg ?? { kind: 'given', changes: 1, at: frequency };
      return { kind: 'given', changes: Math.min(1, arg.at / frequency), at: arg.at };
    });
    this.frames.push({ loop: false, height: 0, arity: results.length, end: null, other: null });
  }

  push(value: Value): void {
    this.stack.push(value);
  }

  /** What an instruction takes from the stack, the last on top. */
  operands(instruction: Instruction): Value[] {
    const count = this.taken(instruction);
    return count === 0 ? [] : this.stack.slice(-count);
  }

  private taken(instruction: Instruction): number {
    const { name } = instruction;
    if (name === 'if' || name === 'br_if' || name === 'br_table') return 1;
    if (name === 'select') return 3;
    if (name === 'memory.grow') return 1;
    if (name === 'call') return this.module.functions[instruction.index]!.type.params.length;
    if (name === 'call_indirect') return this.module.types[instruction.index]!.params.length + 1;
    if (name.includes('.store')) return 2;
    if (name.includes('.load') || isUnary(name)) return 1;
    const effect = stackEffect(this.module, instruction);
    if (/^(memory|table|data|elem)\./.test(name)) return Math.max(0, -effect);
    if (name === 'local.set' || name === 'local.tee' || name === 'global.set' || name === 'drop') return 1;
    return effect === -1 ? 2 : 0;
  }

  step(instruction: Instruction, at: number, often: number): void {
    const { name } = instruction;
    if (name === 'block' || name === 'loop' || name === 'if') return this.begin(instruction, at, often);
    if (name === 'else') return this.otherArm();
    if (name === 'end') return this.end(often);
    if (this.isDead) return;
    switch (name) {
      case 'br':
      case 'br_if': {
        const condition = name === 'br_if' ? this.stack.pop()! : known(1n);
        const never = condition.kind === 'constant' && condition.constant === 0n;
        if (!never) this.goes(instruction.index);
        this.isDead = condition.kind === 'constant' && condition.constant !== null && !never;
        return;
      }
      case 'br_table': {
        const value = this.stack.pop()!;
        const { labels } = instruction;
        const place =
          value.kind === 'constant' && value.constant !== null
            ? Number(BigInt.asUintN(32, value.constant ?? 0n))
            : null;
        if (place === null) for (const l of labels) this.goes(l);
        else this.goes(labels[Math.min(place, labels.length - 1)]!);
        this.isDead = true;
        return;
      }
      case 'return':
      case 'unreachable':
        this.isDead = true;
        return;
      case 'local.get':
        return this.push(this.locals[instruction.index]!);
      case 'local.set':
        this.locals[instruction.index] = this.stack.pop()!;
        return;
      case 'local.tee':
        this.locals[instruction.index] = this.stack.at(-1)!;
        return;
    }
    const operands = this.operands(instruction);
    this.stack.length -= operands.length;
    const results = stackEffect(this.module, instruction) + operands.length;
    for (let k = 0; k < results; k++) this.push(this.result(instruction, operands, often));
  }

  private result(instruction: Instruction, operands: readonly Value[], often: number): Value {
    const { name } = instruction;
    if (name.endsWith('.const')) return known(bitsOf(name, instruction.value));
    if (name.includes('.load') || /^(call|memory\.|global\.)/.test(name))
      return { kind: 'other', changes: 1, at: often };
    if (operands.every((v) => v.kind === 'constant')) return known(folded(name, operands));
    const changes = Math.max(...operands.map((v) => v.changes));
    if (operands.every((v) => v.kind !== 'other')) return { kind: 'given', changes, at: often };
    return { kind: 'other', changes: 1, at: often };
  }

  private begin({ name, blockType }: Instruction, at: number, often: number): void {
    const type = blockType!;
    let other: Value[] | null = null;
    const before = this.isDead;
    if (!this.isDead && name === 'if') {
      const condition = this.stack.pop()!;
      const decided = condition.kind === 'constant' && condition.constant !== null;
      if (!decided || condition.constant === 0n) other = [...this.locals];
      if (decided && condition.constant === 0n) this.isDead = true;
    }
    if (!this.isDead && name === 'loop')
      for (const l of this.writtenFrom(at)) this.locals[l] = { kind: 'other', changes: 1, at: often };
    const height = before ? 0 : this.stack.length - type.params.length;
    const arity = type.results.length;
    this.frames.push({ loop: name === 'loop', height, arity, end: null, other });
  }

  private otherArm(): void {
    const frame = this.frames.at(-1)!;
    if (!this.isDead) this.goes(0);
    this.isDead = frame.other === null;
    if (frame.other) this.locals = frame.other;
    frame.other = null;
    this.stack.length = Math.min(this.stack.length, frame.height);
  }

  private end(often: number): void {
    const frame = this.frames.at(-1)!;
    const from = this.isDead ? [] : this.stack.slice(this.stack.length - frame.arity);
    if (!this.isDead && frame.end === null && frame.other === null) {
      // Nothing but what is in front comes here.
      this.stack.length = frame.height;
      this.stack.push(...from);
      this.frames.pop();
      return;
    }
    if (!this.isDead) this.join(frame, this.locals);
    if (frame.other) this.join(frame, frame.other);
    this.frames.pop();
    this.isDead = frame.end === null;
    if (!frame.end) return;
    this.locals = frame.end;
    this.stack.length = Math.min(this.stack.length, frame.height);
    for (let k = 0; k < frame.arity; k++) this.push({ kind: 'other', changes: 1, at: often });
  }

  private goes(label: number): void {
    const frame = this.frames[this.frames.length - 1 - label];
    if (frame && !frame.loop) this.join(frame, this.locals);
  }

  private join(frame: Frame, locals: readonly Value[]): void {
    frame.end = frame.end
      ? frame.end.map((v, i) => {
          const w = locals[i]!;
          const same =
            v === w || (v.kind === 'constant' && w.kind === 'constant' && v.constant === w.constant);
          return same ? v : { kind: 'other', changes: 1, at: Math.max(v.at, w.at) };
        })
      : [...locals];
  }

  /** Locals that the loop that begins there assigns. */
  private writtenFrom(at: number): Set<number> {
    const { body } = this.f;
    const found = new Set<number>();
    let depth = 0;
    for (let i = at; i < body.length; i++) {
      const { name, index } = body[i]!;
      if (name === 'block' || name === 'loop' || name === 'if') depth++;
      else if (name === 'end' && --depth === 0) break;
      else if (name === 'local.set' || name === 'local.tee') found.add(index);
    }
    return found;
  }
}

/** What an operator makes of constants; null where that is not worked out. */
function folded(name: string, operands: readonly Value[]): bigint | null {
  const values = operands.map((v) => v.constant ?? null);
  if (name === 'select') return values[2] === null ? null : values[values[2] === 0n ? 1 : 0]!;
  if (values.includes(null) || !name.startsWith('i')) return null;
  const [x, y] = values as bigint[];
  if (name === 'i32.wrap_i64') return BigInt.asIntN(32, x!);
  if (name === 'i64.extend_i32_s') return x!;
  if (name === 'i64.extend_i32_u') return BigInt.asUintN(32, x!);
  const type = name.slice(0, 3) as Type;
  const op = name.slice(4);
  const args = [x!, op === 'eqz' ? 0n : (y ?? 0n)].map((value) => ({ type, value }));
  const result = evaluate({ op: op === 'eqz' ? 'eq' : op, args });
  return result === null ? null : BigInt.asIntN(type === 'i32' ? 32 : 64, result);
}
