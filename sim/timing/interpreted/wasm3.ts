/**
 * wasm3's translation to its register code (m3_compile.c, 0.9.0, c9b579d8).
 *
 * Every stack entry is an alias of a local's or constant's slot, a slot of its own, or the one integer register (and one
 * for floating point). local.get and constants emit nothing; an operation has variants by which operands are in the
 * register (_rs, _sr, _ss); its result is in the register; what the register held before is moved to a slot first.
 */
import type { FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import type { FunctionType, Instruction, ValueType } from '../../wasm/module.ts';
import { stackEffect, stackLayout } from '../compiled/stack.ts';
import {
  branchDepth,
  emptyTranslation,
  isFloat,
  isWide,
  localWork,
  type Translation,
} from './translation.ts';
import { ConstantTable } from './wasm3-constants.ts';
import { copyHandler, inRegister, OperandStack, type Entry } from './wasm3-stack.ts';

interface Scope {
  kind: 'function' | 'block' | 'loop' | 'if' | 'else';
  /** Height of the stack at its start, parameters excluded. */
  base: number;
  type: FunctionType;
}

const commutative = /\.(add|mul|and|or|xor|eq|ne|min|max)$/;

export function translateWasm3(analysis: ModuleAnalysis, f: FunctionAnalysis): Translation {
  return new Wasm3Translator(analysis, f).run();
}

class Wasm3Translator {
  private readonly analysis: ModuleAnalysis;
  private readonly f: FunctionAnalysis;
  private readonly stack: OperandStack;
  private readonly scopes: Scope[] = [];
  private readonly out: Translation;
  private readonly constants: ConstantTable;
  private at = 0;

  constructor(analysis: ModuleAnalysis, f: FunctionAnalysis) {
    this.analysis = analysis;
    this.f = f;
    this.out = emptyTranslation(f);
    this.stack = new OperandStack((handler) => this.emit(handler));
    this.constants = new ConstantTable(analysis.bytes, f.wasm.body);
  }

  run(): Translation {
    const { body, type } = this.f.wasm;
    const { heights } = stackLayout(this.analysis.module, this.f.wasm);
    this.scopes.push({ kind: 'function', base: 0, type });
    body.forEach((instruction, i) => {
      this.at = i;
      if (heights[i]! < 0) return this.skip(instruction);
      this.stack.restore(heights[i]!);
      this.translate(instruction);
    });
    const { cells } = this.constants;
    this.out.entry.push('Entry', ...localWork(this.f.wasm), ...Array<string>(cells).fill('+constant'));
    return this.out;
  }

  private skip({ name, blockType }: Instruction): void {
    if (name === 'block' || name === 'loop' || name === 'if')
      this.scopes.push({ kind: name, base: this.stack.height, type: blockType! });
    else if (name === 'else') this.startElse();
    else if (name === 'end') this.endScope();
  }

  private emit(handler: string): void {
    this.out.handlers[this.at]!.push(handler);
  }

  private translate(instruction: Instruction): void {
    const { name, index } = instruction;
    const { locals } = this.f.wasm;
    switch (name) {
      case 'nop':
      case 'drop':
        if (name === 'drop') this.stack.pop();
        return;
      case 'unreachable':
        return this.emit('Unreachable');
      case 'local.get':
        return this.stack.push('local', locals[index]!, index);
      case 'local.set':
      case 'local.tee':
        return this.setLocal(index, name === 'local.tee');
      case 'global.get': {
        const { type } = this.analysis.module.globals[index]!;
        this.emit(isWide(type) ? 'GetGlobal_s64' : 'GetGlobal_s32');
        return this.stack.push('slot', type);
      }
      case 'global.set': {
        const top = this.stack.pop()!;
        return this.emit(inRegister(top) ? `SetGlobal_${top.type}` : `SetGlobal_s${top.type.slice(1)}`);
      }
      case 'block':
      case 'loop':
        this.stack.preserve('fp0');
        this.stack.preserve('r0');
        this.stack.preserveLocals(this.referenceStart());
        if (name === 'loop') this.emit('Loop');
        this.scopes.push({
          kind: name,
          base: this.stack.height - instruction.blockType!.params.length,
          type: instruction.blockType!,
        });
        return;
      case 'if':
        return this.beginIf(instruction);
      case 'else':
        return this.beginElse();
      case 'end':
        return this.end();
      case 'br':
        return this.branch(index);
      case 'br_if':
        return this.branchIf(index);
      case 'br_table':
        this.stack.pop();
        this.emit('BranchTable');
        // Each target has a jump of its own.
        return this.branch(branchDepth(instruction));
      case 'return':
        this.copyResults(this.f.wasm.type.results.length, (h) => this.emit(h));
        return this.emit('Return');
      case 'call':
        return this.call(this.analysis.module.functions[index]!.type, 'Call');
      case 'call_indirect':
        this.stack.pop();
        return this.call(this.analysis.module.types[index]!, 'CallIndirect');
      case 'select':
        return this.select();
    }
    if (name.endsWith('.const')) {
      const type = name.slice(0, 3) as ValueType;
      if (!this.constants.add(instruction)) this.emit(isWide(type) ? 'Const64' : 'Const32');
      return this.stack.push('slot', type);
    }
    if (name.includes('.load') || name.includes('.store')) return this.access(name);
    if (/^(memory|table|data|elem)\./.test(name)) return this.bulk(instruction);
    this.operator(name);
  }

  private setLocal(local: number, tee: boolean): void {
    const top = this.stack.top;
    const start = this.referenceStart();
    // The top itself is looked at too: setting a local from its own alias preserves it.
    const referenced = this.stack.aliases(local, start);
    if (referenced.length) {
      for (const e of referenced) e.place = 'slot';
      this.emit(`Preserve${copyHandler(top)}`);
    } else this.emit(copyHandler(top));
    if (!tee) this.stack.pop();
  }

  private referenceStart(): number {
    for (let i = this.scopes.length - 1; i >= 0; i--)
      if (this.scopes[i]!.kind !== 'block') return this.scopes[i]!.base;
    return 0;
  }

  private beginIf(instruction: Instruction): void {
    const top = this.stack.top;
    for (const place of ['r0', 'fp0'] as const) if (top.place !== place) this.stack.preserve(place);
    this.stack.preserveLocals(this.referenceStart());
    this.stack.pop();
    this.emit(top.place === 'r0' ? 'If_r' : 'If_s');
    const type = instruction.blockType!;
    this.scopes.push({ kind: 'if', base: this.stack.height - type.params.length, type });
  }

  private beginElse(): void {
    this.blockResults(this.scopes.at(-1)!);
    this.startElse();
  }

  private startElse(): void {
    const scope = this.scopes.at(-1)!;
    scope.kind = 'else';
    this.stack.cut(scope.base);
    for (const t of scope.type.params) this.stack.push('slot', t);
  }

  private end(): void {
    const scope = this.scopes.at(-1)!;
    if (scope.kind === 'function') {
      this.copyResults(scope.type.results.length, (h) => this.emit(h));
      this.emit('Return');
      return;
    }
    this.blockResults(scope);
    // An else arm lies elsewhere and branches back.
    if (scope.kind === 'else') this.emit('Branch');
    this.endScope();
  }

  private endScope(): void {
    const scope = this.scopes.pop()!;
    this.stack.cut(scope.base);
    const { results } = scope.type;
    // The last result is taken from the floating-point register if it is of that kind.
    results.forEach((t, i) => this.stack.push(isFloat(t) && i === results.length - 1 ? 'fp0' : 'slot', t));
  }

  private blockResults(scope: Scope, emit = (handler: string): void => this.emit(handler)): void {
    const { results } = scope.type;
    let copied = this.stack.last(results.length);
    const last = copied.at(-1);
    if (last && isFloat(results.at(-1)!)) {
      if (last.place !== 'fp0') emit(`SetRegister_${last.type}`);
      copied = copied.slice(0, -1);
    }
    for (const e of copied) emit(copyHandler(e));
  }

  private copyResults(n: number, emit: (handler: string) => void): void {
    for (const e of this.stack.last(n)) emit(copyHandler(e));
  }

  private target(depth: number): Scope {
    return this.scopes[this.scopes.length - 1 - depth]!;
  }

  private branch(depth: number): void {
    const scope = this.target(depth);
    if (scope.kind === 'loop') return this.emit('ContinueLoop');
    this.leave(scope, (h) => this.emit(h));
  }

  private leave(scope: Scope, emit: (handler: string) => void): void {
    if (scope.kind === 'function') this.copyResults(scope.type.results.length, emit);
    else this.blockResults(scope, emit);
    emit(scope.kind === 'function' ? 'Return' : 'Branch');
  }

  private branchIf(depth: number): void {
    const scope = this.target(depth);
    const top = this.stack.top;
    if (scope.kind === 'loop') {
      if (top.place !== 'r0') {
        this.stack.preserve('r0');
        this.emit('SetRegister_i32');
      }
      this.stack.pop();
      this.out.taken.set(this.at, ['+continue']);
      return this.emit('ContinueLoopIf');
    }
    this.stack.pop();
    const register = top.place === 'r0' ? 'r' : 's';
    if (scope.type.results.length === 0 && scope.kind !== 'function')
      return this.emit(`BranchIf_${register}`);
    this.emit(`BranchIfPrologue_${register}`);
    const taken: string[] = [];
    this.leave(scope, (h) => taken.push(h));
    this.out.taken.set(this.at, taken);
  }

  private call(type: FunctionType, handler: string): void {
    for (let i = 0; i < type.params.length; i++) {
      this.emit(copyHandler(this.stack.pop()));
    }
    this.emit(handler);
    for (const t of type.results) this.stack.push('slot', t);
  }

  private select(): void {
    const operands = this.stack.last(3).toReversed();
    const { type } = operands[1]!;
    const place = isFloat(type) ? 'fp0' : 'r0';
    // Selector, second value, first value: r where in a register. Integers find room for one.
    const variant = operands.map((e, i) => (e.place === (i === 0 ? 'r0' : place) ? 'r' : 's')).join('');
    if (isFloat(type) ? !variant.includes('r', 1) : variant === 'sss') this.stack.preserve(place);
    this.stack.take(3);
    this.emit(`select:${type}:${variant}`);
    this.stack.pushRegister(type);
  }

  private access(name: string): void {
    const type = name.slice(0, 3) as ValueType;
    if (name.includes('.load')) {
      if (isFloat(type)) this.stack.preserve('fp0');
      return this.unary(name, type);
    }
    const [address, value] = this.stack.take(2) as [Entry, Entry];
    let variant = 'ss';
    if (inRegister(value)) variant = address.place === 'r0' ? 'rr' : 'rs';
    else if (address.place === 'r0') variant = 'sr';
    this.emit(`${name}:${variant}`);
  }

  private unary(handler: string, result: ValueType): void {
    const top = this.stack.top;
    const register = inRegister(top);
    if (!register) this.stack.preserveFor(result);
    this.stack.pop();
    this.emit(`${handler}:${register ? 'r' : 's'}`);
    this.stack.pushRegister(result);
  }

  private operator(name: string): void {
    const effect = stackEffect(this.analysis.module, { name } as Instruction);
    const [type, op] = name.split('.') as [ValueType, string];
    const result: ValueType = /^(eqz|eq|ne|lt|gt|le|ge)(_[su])?$/.test(op) ? 'i32' : type;
    if (/trunc_|convert|reinterpret/.test(op)) return this.convert(name, result);
    if (effect === 0) return this.unary(name, result);
    const [left, right] = this.stack.last(2) as [Entry, Entry];
    if (isFloat(right.type) && !isFloat(result)) this.stack.preserve('r0');
    let variant = 'ss';
    if (inRegister(right)) variant = 'rs';
    else if (inRegister(left)) variant = commutative.test(name) ? 'rs' : 'sr';
    else this.stack.preserveFor(result);
    this.stack.take(2);
    this.emit(`${name}:${variant}`);
    this.stack.pushRegister(result);
  }

  private convert(name: string, result: ValueType): void {
    const top = this.stack.pop()!;
    const place = isFloat(result) ? 'fp0' : 'r0';
    const occupied = this.stack.holds(place);
    const source = inRegister(top) ? 'r' : 's';
    this.emit(`${name}:${occupied ? 's' : 'r'}${source}`);
    if (occupied) this.stack.push('slot', result);
    else this.stack.pushRegister(result);
  }

  private bulk(instruction: Instruction): void {
    const effect = stackEffect(this.analysis.module, instruction);
    // The three operands of copy and fill: the length in the register, the others in slots.
    if (/^memory\.(copy|fill)$/.test(instruction.name) && this.stack.top.place !== 'r0') {
      this.stack.preserve('r0');
      this.emit('SetRegister_i32');
    }
    if (effect > 0) this.stack.preserve('r0');
    this.emit(instruction.name);
    if (effect < 0) this.stack.take(-effect);
    else if (effect > 0) this.stack.pushRegister('i32');
  }
}
