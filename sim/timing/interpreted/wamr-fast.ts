/**
 * WAMR's translation for its fast interpreter (wasm_loader.c, 646b5a9b): operands are addressed in the frame, so that
 * local.get, constants, block, loop, end, drop and nop emit nothing; an operation that local.set follows writes
 * straight to the local.
 */
import type { FunctionAnalysis, ModuleAnalysis } from '../../wasm/index.ts';
import type { FunctionType, Instruction, ValueType, WasmFunction } from '../../wasm/module.ts';
import { stackEffect, stackLayout } from '../compiled/stack.ts';
import { callWork, emptyTranslation, isWide, type Translation } from './translation.ts';

/** A stack entry: the local that it is an alias of, or a cell of the frame, or the constant pool. */
interface Entry {
  place: 'local' | 'constant' | 'dynamic' | 'preserved';
  /** Number of the local, or of the first dynamic cell. */
  at: number;
  type: ValueType;
}

interface Scope {
  kind: 'function' | 'block' | 'loop' | 'if' | 'else';
  base: number;
  type: FunctionType;
  /** The dynamic cell where its results are expected. */
  cell: number;
}

const cellsOf = (type: ValueType): number => (isWide(type) ? 2 : 1);

/** Operations whose result local.set redirects to the local (LAST_OP_OUTPUT_I32 and _I64). */
function writesAnywhere(name: string): boolean {
  if (/^(local|global|memory|table)\./.test(name) || name.endsWith('.const')) return false;
  if (/\.(extend(8|16|32)_s|store\d*|trunc_sat_\w+)$/.test(name)) return false;
  return name.includes('.');
}

/** Cells of the pool of constants, which a call copies to the frame: each value once. */
export function constantCells({ body }: WasmFunction): number {
  const values = new Set<string>();
  for (const { name, value } of body)
    if (name.endsWith('.const')) values.add(`${Object.is(value, -0) ? '-0' : value}:${name}`);
  return [...values].reduce((n, key) => n + (key.endsWith('64.const') ? 2 : 1), 0);
}

export function translateWamrFast(analysis: ModuleAnalysis, f: FunctionAnalysis): Translation {
  return new FastTranslator(analysis, f).run();
}

class FastTranslator {
  private readonly analysis: ModuleAnalysis;
  private readonly f: FunctionAnalysis;
  private stack: Entry[] = [];
  private readonly scopes: Scope[] = [];
  private readonly out: Translation;
  private at = 0;
  /** The next free dynamic cell. */
  private free = 0;

  constructor(analysis: ModuleAnalysis, f: FunctionAnalysis) {
    this.analysis = analysis;
    this.f = f;
    this.out = emptyTranslation(f);
  }

  run(): Translation {
    const { body, type } = this.f.wasm;
    const { heights } = stackLayout(this.analysis.module, this.f.wasm);
    this.scopes.push({ kind: 'function', base: 0, type, cell: 0 });
    body.forEach((instruction, i) => {
      this.at = i;
      if (heights[i]! < 0) return this.skip(instruction);
      this.stack.length = Math.min(this.stack.length, heights[i]!);
      while (this.stack.length < heights[i]!) this.pushCell('i32');
      this.translate(instruction, body[i - 1]?.name ?? '');
    });
    return this.out;
  }

  private skip({ name, blockType }: Instruction): void {
    if (name === 'block' || name === 'loop' || name === 'if')
      this.scopes.push({ kind: name, base: this.stack.length, type: blockType!, cell: this.free });
    else if (name === 'else') this.startElse();
    else if (name === 'end') this.endScope();
  }

  private emit(handler: string): void {
    this.out.handlers[this.at]!.push(handler);
  }

  private push(place: Entry['place'], type: ValueType, at = -1): void {
    this.stack.push({ place, at, type });
  }

  private pushCell(type: ValueType): void {
    this.push('dynamic', type, this.free);
    this.free += cellsOf(type);
  }

  /** The first dynamic cell is never handed back: the loader compares with > where >= is meant. */
  private pop(count = 1): Entry {
    let top: Entry | undefined;
    for (let i = 0; i < count; i++) {
      top = this.stack.pop()!;
      if (top.place === 'dynamic' && top.at > 0) this.free -= cellsOf(top.type);
    }
    return top!;
  }

  private copy(type: ValueType): void {
    this.emit(isWide(type) ? 'CopyStackTop_64' : 'CopyStackTop');
  }

  private translate(instruction: Instruction, previous: string): void {
    const { name, index } = instruction;
    const { locals } = this.f.wasm;
    switch (name) {
      case 'nop':
        return;
      case 'unreachable':
        return this.emit(name);
      case 'drop':
        this.pop();
        return;
      case 'local.get':
        return this.push('local', locals[index]!, index);
      case 'local.set':
      case 'local.tee':
        return this.setLocal(index, name === 'local.tee', previous);
      case 'block':
      case 'loop':
      case 'if':
        this.preserveForBlock();
        if (name === 'if') {
          this.emit('if');
          this.out.taken.set(this.at, ['+else']);
          this.pop();
        }
        this.scopes.push({
          kind: name,
          base: this.stack.length - instruction.blockType!.params.length,
          type: instruction.blockType!,
          cell: this.free,
        });
        return;
      case 'else':
        this.results();
        this.emit('else');
        return this.startElse();
      case 'end':
        return this.end();
      case 'br':
        return this.emit(this.withValues('br', index));
      case 'br_if':
        this.pop();
        this.out.taken.set(this.at, [this.withValues('+branch', index)]);
        return this.emit('br_if');
      case 'br_table':
        this.pop();
        return this.emit(name);
      case 'return':
        return this.emit(this.return());
      case 'call': {
        const callee = this.analysis.module.functions[index]!;
        const constants = constantCells(callee);
        return this.call(callee.type, [
          'call',
          ...callWork(callee),
          ...Array<string>(constants).fill('+constant'),
        ]);
      }
      case 'call_indirect': {
        this.pop();
        const type = this.analysis.module.types[index]!;
        return this.call(type, ['call_indirect', ...callWork({ type, locals: type.params })]);
      }
      case 'select': {
        const { type } = this.stack.at(-2)!;
        this.pop(3);
        this.emit(isWide(type) ? 'select:64' : 'select:32');
        return this.pushCell(type);
      }
      case 'global.get': {
        const { type } = this.analysis.module.globals[index]!;
        this.emit(isWide(type) ? 'global.get:64' : 'global.get:32');
        return this.pushCell(type);
      }
      case 'global.set':
        return this.emit(isWide(this.pop().type) ? 'global.set:64' : 'global.set:32');
    }
    if (name.endsWith('.const')) return this.push('constant', name.slice(0, 3) as ValueType);
    this.operator(instruction);
  }

  private operator(instruction: Instruction): void {
    const { name } = instruction;
    const effect = stackEffect(this.analysis.module, instruction);
    // What leaves nothing on the stack: stores, bulk operations, and segments that are dropped.
    const silent = /\.store|^(memory|table)\.(copy|fill|init)$|\.drop$/.test(name);
    this.pop(silent ? -effect : 1 - effect);
    this.emit(name);
    if (silent) return;
    const compared = /\.(eqz|eq|ne|lt|gt|le|ge)(_[su])?$/.test(name) || name.startsWith('memory.');
    this.pushCell(compared ? 'i32' : (name.slice(0, 3) as ValueType));
  }

  private setLocal(local: number, tee: boolean, previous: string): void {
    const type = this.f.wasm.locals[local]!;
    const top = this.stack.at(-1)!;
    // The loader looks at the whole stack of the function, the value to set included if it stays.
    const entries = tee ? this.stack : [...this.stack];
    const preserved = entries.filter((e) => e.place === 'local' && e.at === local);
    for (const e of preserved) e.place = 'preserved';
    if (preserved.length) this.copy(type);
    if (tee) return this.emit(isWide(type) ? 'local.set:64' : 'local.set:32');
    if (preserved.length === 0 && writesAnywhere(previous)) {
      this.stack.pop();
      this.free -= cellsOf(top.type);
      return;
    }
    this.pop();
    this.emit(isWide(type) ? 'local.set:64' : 'local.set:32');
  }

  private preserveForBlock(): void {
    for (const entry of [...this.stack]) {
      if (entry.place !== 'local') continue;
      this.copy(entry.type);
      for (const e of this.stack) if (e.place === 'local' && e.at === entry.at) e.place = 'preserved';
    }
  }

  /** Copies that bring a block's results to where its end expects them. */
  private results(): void {
    const { type, cell } = this.scopes.at(-1)!;
    const values = this.stack.slice(this.stack.length - type.results.length);
    let to = cell;
    const moved = values.filter((e) => {
      const stays = e.place === 'dynamic' && e.at === to;
      to += cellsOf(e.type);
      return !stays;
    });
    if (moved.length === 0) return;
    if (values.length > 1) this.emit('CopyStackValues');
    else this.copy(values[0]!.type);
    this.free = to;
  }

  private return(): string {
    return this.f.wasm.type.results.length ? 'return:value' : 'return';
  }

  private startElse(): void {
    const scope = this.scopes.at(-1)!;
    scope.kind = 'else';
    this.stack.length = Math.min(this.stack.length, scope.base);
    this.free = scope.cell;
    for (const t of scope.type.params) this.pushCell(t);
  }

  private end(): void {
    const scope = this.scopes.at(-1)!;
    this.results();
    if (scope.kind === 'function') return this.emit(this.return());
    // An if without else gets an empty one, and its first arm jumps over it.
    if (scope.kind === 'if') this.emit('else');
    this.endScope();
  }

  private endScope(): void {
    const scope = this.scopes.pop()!;
    this.stack.length = Math.min(this.stack.length, scope.base);
    let at = scope.cell;
    for (const t of scope.type.results) {
      this.push('dynamic', t, at);
      at += cellsOf(t);
    }
    this.free = Math.max(this.free, at);
  }

  private withValues(name: string, depth: number): string {
    const scope = this.scopes[this.scopes.length - 1 - depth]!;
    const types = scope.kind === 'loop' ? scope.type.params : scope.type.results;
    return types.length ? `${name}:value` : name;
  }

  private call(type: FunctionType, handlers: string[]): void {
    this.pop(type.params.length);
    for (const h of handlers) this.emit(h);
    for (const t of type.results) this.pushCell(t);
  }
}
