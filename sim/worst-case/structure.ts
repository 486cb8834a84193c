/**
 * A function's code as nested structure: operands become expressions over the function's locals and, where they cross structure, over
 * one variable for each height of the operand stack.
 */
import { stackEffect, stackLayout } from '../timing/compiled/stack.ts';
import type { FunctionAnalysis, ModuleAnalysis } from '../wasm/index.ts';
import type { FunctionType, Instruction } from '../wasm/module.ts';
import { canKnow, evaluator, unknown, variablesOf, type Expression } from './expression.ts';
import { assignment, type Item } from './item.ts';

export const structureOf = (analysis: ModuleAnalysis, f: FunctionAnalysis): Item[] =>
  new Builder(analysis, f).build();

class Builder {
  private readonly analysis: ModuleAnalysis;
  private readonly f: FunctionAnalysis;
  private readonly heights: Int32Array;
  private readonly targets: ReturnType<typeof stackLayout>['targets'];
  private loops = 0;
  private readonly blockAt = new Map<number, number>();
  private stack: Expression[] = [];
  private at = 0;

  constructor(analysis: ModuleAnalysis, f: FunctionAnalysis) {
    this.analysis = analysis;
    this.f = f;
    const layout = stackLayout(analysis.module, f.wasm);
    this.heights = layout.heights;
    this.targets = layout.targets;
    for (const { id, first } of f.blocks) this.blockAt.set(first, id);
  }

  build(): Item[] {
    return this.sequence();
  }

  private slot(height: number): number {
    return this.f.wasm.locals.length + height;
  }

  /** Items up to the `else` or `end` that closes the sequence, which is left to the caller. */
  private sequence(): Item[] {
    const out: Item[] = [];
    const { body } = this.f.wasm;
    this.pass(out);
    while (this.at < body.length) {
      const instruction = body[this.at]!;
      if (instruction.name === 'end' || instruction.name === 'else') {
        if (this.reached()) this.flush(out);
        return out;
      }
      this.one(instruction, out);
      this.pass(out);
    }
    return out;
  }

  private reached(): boolean {
    return this.heights[this.at]! >= 0;
  }

  private pass(out: Item[]): void {
    const block = this.blockAt.get(this.at);
    if (block === undefined) return;
    this.flush(out);
    out.push({ kind: 'pass', block });
    this.reload();
  }

  /** After a join, operands are what their slots hold. */
  private reload(): void {
    const height = Math.max(0, this.heights[this.at] ?? 0);
    this.stack = Array.from({ length: height }, (_, h): Expression => ({
      kind: 'variable',
      index: this.slot(h),
    }));
  }

  private flush(out: Item[]): void {
    this.stack.forEach((expression, h) => {
      const variable = this.slot(h);
      if (expression.kind === 'variable' && expression.index === variable) return;
      this.assign(out, variable, expression);
      this.stack[h] = { kind: 'variable', index: variable };
    });
  }

  private assign(out: Item[], variable: number, expression: Expression): void {
    out.push(assignment(variable, expression));
  }

  private pop(): Expression {
    return this.stack.pop() ?? unknown;
  }

  private push(expression: Expression): void {
    this.stack.push(canKnow(expression) ? expression : unknown);
  }

  private one(instruction: Instruction, out: Item[]): void {
    if (!this.reached() && !/^(block|loop|if)$/.test(instruction.name)) {
      this.at++;
      return;
    }
    if (this.reached() && this.stack.length !== this.heights[this.at]) this.reload();
    const { name, index } = instruction;
    switch (name) {
      case 'block':
      case 'loop': {
        this.flush(out);
        const start = this.at++;
        const ordinal = name === 'loop' ? this.loops++ : 0;
        const body = this.sequence();
        this.at++;
        this.reload();
        out.push(
          name === 'block'
            ? { kind: 'block', body }
            : { kind: 'loop', body, instruction: start, ordinal, reads: [], writes: [] },
        );
        return;
      }
      case 'if':
        return this.conditional(out);
      case 'br':
        this.carry(out);
        out.push({ kind: 'branch', depth: index });
        break;
      case 'br_if': {
        const expression = this.pop();
        this.carry(out);
        out.push({ kind: 'branchIf', expression, condition: evaluator(expression), depth: index });
        break;
      }
      case 'br_table': {
        const expression = this.pop();
        this.carry(out);
        out.push({ kind: 'table', expression, condition: evaluator(expression), depths: instruction.labels });
        break;
      }
      case 'return':
      case 'unreachable':
        out.push({ kind: 'return' });
        break;
      case 'call':
        this.call([index], out);
        break;
      case 'call_indirect':
        this.pop();
        this.throughTable(this.analysis.module.types[index]!, out);
        break;
      default:
        this.simple(instruction, out);
    }
    this.at++;
  }

  /** Operands that a branch takes along may land at another height: what stands there is not followed. */
  private carry(out: Item[]): void {
    this.flush(out);
    for (const { height, arity } of this.targets.get(this.at) ?? []) {
      if (arity === 0 || height + arity === this.stack.length) continue;
      for (let i = 0; i < arity; i++) this.assign(out, this.slot(height + i), unknown);
    }
  }

  private conditional(out: Item[]): void {
    const expression = this.reached() ? this.pop() : unknown;
    this.flush(out);
    const before = [...this.stack];
    this.at++;
    const body = this.sequence();
    let otherwise: Item[] = [];
    if (this.f.wasm.body[this.at]!.name === 'else') {
      this.at++;
      this.stack = before;
      otherwise = this.sequence();
    }
    this.at++;
    this.reload();
    out.push({ kind: 'if', expression, condition: evaluator(expression), body, otherwise });
  }

  private call(
    callees: number[],
    out: Item[],
    type = this.analysis.module.functions[callees[0]!]!.type,
  ): void {
    const expressions = type.params.map(() => this.pop()).toReversed();
    this.flush(out);
    out.push({ kind: 'call', callees, expressions, arguments: expressions.map(evaluator) });
    for (let i = 0; i < type.results.length; i++) this.push(unknown);
  }

  /** Types that are declared twice are the same to a table. */
  private throughTable(type: FunctionType, out: Item[]): void {
    const { elements, functions } = this.analysis.module;
    const callees = [...new Set(elements)].filter((f) => isSameType(functions[f]!.type, type));
    this.call(callees, out, type);
  }

  private simple(instruction: Instruction, out: Item[]): void {
    const { name, index, value } = instruction;
    switch (name) {
      case 'local.get':
        return this.push({ kind: 'variable', index });
      case 'local.set':
      case 'local.tee': {
        const expression = this.pop();
        // Operands that read the old value must keep it.
        this.stack.forEach((e, h) => {
          const read = new Set<number>();
          variablesOf(e, read);
          if (!read.has(index)) return;
          this.assign(out, this.slot(h), e);
          this.stack[h] = { kind: 'variable', index: this.slot(h) };
        });
        this.assign(out, index, expression);
        if (name === 'local.tee') this.stack.push({ kind: 'variable', index });
        return;
      }
      case 'i32.const':
        return this.push({ kind: 'constant', value: Number(value) | 0 });
      case 'i64.const':
        return this.push({ kind: 'constant', value: BigInt.asIntN(64, BigInt(value)) });
      case 'global.get': {
        const g = this.analysis.module.globals[index]!;
        const known = !g.mutable && g.type === 'i32' && g.value !== undefined;
        return this.push(known ? { kind: 'constant', value: Number(g.value) | 0 } : unknown);
      }
      case 'i32.load':
      case 'i64.load':
      case 'i32.load8_s':
      case 'i32.load8_u':
      case 'i32.load16_s':
      case 'i32.load16_u': {
        const bits = /load(\d+)/.exec(name)?.[1];
        const wide = name.startsWith('i64');
        return this.push({
          kind: 'load',
          address: this.pop(),
          offset: instruction.memoryOffset,
          bytes: bits ? Number(bits) / 8 : wide ? 8 : 4,
          signed: !name.endsWith('_u'),
          wide,
        });
      }
      case 'memory.copy':
      case 'memory.fill':
      case 'memory.init': {
        const expression = this.pop();
        this.pop();
        this.pop();
        out.push({ kind: 'transfer', at: this.at, expression, condition: evaluator(expression) });
        return;
      }
      case 'select': {
        const args = [this.pop(), this.pop(), this.pop()].toReversed();
        return this.push({ kind: 'operator', name, args });
      }
    }
    const effect = stackEffect(this.analysis.module, instruction);
    if (/^i(32|64)\.(?!load|store|atomic)/.test(name)) {
      const args = effect < 0 ? [this.pop(), this.pop()].toReversed() : [this.pop()];
      return this.push({ kind: 'operator', name, args });
    }
    const height = Math.max(0, this.stack.length + effect);
    const keeps = /\.(load|const)|^f|^memory\.(size|grow)/.test(name) ? height - 1 : height;
    this.stack.length = Math.max(0, Math.min(this.stack.length, keeps));
    while (this.stack.length < height) this.push(unknown);
  }
}

const isSameType = (a: FunctionType, b: FunctionType): boolean =>
  a.params.join() === b.params.join() && a.results.join() === b.results.join();
