/** What graphs run on: an instance of their module, whose memory, globals and other functions they share. */
import type { Graph } from '../../../sim/timing/compiled/ir.ts';
import { callDepth } from '../../../sim/timing/compiled/ir.ts';
import type { Parameters } from '../../../sim/timing/compiled/parameters.ts';
import type { ModuleAnalysis } from '../../../sim/wasm/index.ts';
import { appended, rewriteSections } from '../../../sim/wasm/sections.ts';
import { Writer } from '../../../sim/wasm/writer.ts';
import type { ValueType } from '../../../sim/wasm/module.ts';
import { computeFloat, fromBits, toBits } from './floats.ts';
import { BASE } from './operations.ts';
import { translate, type Machine, type Run, type Word } from './translate.ts';

const exportSection = 7;
const kinds = { f: 0, t: 1, m: 2, g: 3 } as const;

/** The module with all that it has exported, as f0, f1 ..., g0 ..., t0 and m0 behind a prefix. */
function opened(analysis: ModuleAnalysis): WebAssembly.Instance {
  const { module } = analysis;
  const all: [keyof typeof kinds, number][] = [
    ...module.functions.map((_, i) => ['f', i] as [keyof typeof kinds, number]),
    ...module.globals.map((_, i) => ['g', i] as [keyof typeof kinds, number]),
    ...(module.memories.length > 0 ? ([['m', 0]] as [keyof typeof kinds, number][]) : []),
    ...(module.elements.length > 0 ? ([['t', 0]] as [keyof typeof kinds, number][]) : []),
  ];
  const items = all.map(([kind, i]) => new Writer().name(`::${kind}${i}`).bytes([kinds[kind]]).u32(i));
  const bytes = rewriteSections(
    analysis,
    new Map([[exportSection, appended(analysis, exportSection, items)]]),
  );
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
}

export interface Outcome {
  result: unknown;
  memory: Uint8Array;
  globals: unknown[];
}

/** Steps from block to block before a run is given up. */
const mostSteps = 300_000_000;

export class GraphMachine implements Machine {
  private readonly analysis: ModuleAnalysis;
  private readonly instance: WebAssembly.Instance;
  private readonly parameters: Parameters;
  private readonly isPart: (f: number) => boolean;
  private readonly runs: ReadonlyMap<number, Run>;
  private readonly memory: WebAssembly.Memory | undefined;
  private readonly globals: WebAssembly.Global[];
  private view: DataView;
  private depth = 0;
  private steps = 0;

  /** @param isPart Functions that leave what their callers entered for them. */
  constructor(
    analysis: ModuleAnalysis,
    graphs: ReadonlyMap<number, Graph>,
    parameters: Parameters,
    isPart: (f: number) => boolean = () => false,
  ) {
    this.isPart = isPart;
    this.analysis = analysis;
    this.parameters = parameters;
    this.instance = opened(analysis);
    this.memory = this.instance.exports['::m0'] as WebAssembly.Memory | undefined;
    this.view = new DataView(this.memory?.buffer ?? new ArrayBuffer(0));
    this.globals = analysis.module.globals.map(
      (_, i) => this.instance.exports[`::g${i}`] as WebAssembly.Global,
    );
    this.runs = new Map([...graphs].map(([f, g]) => [f, translate(g)]));
  }

  /** Calls an exported function as the graphs have it. */
  run(entry: string, args: readonly number[]): Outcome {
    const { index } = this.analysis.module.exports.find((e) => e.name === entry && e.kind === 'function')!;
    const { params, results } = this.analysis.module.functions[index]!.type;
    const passed = args.map((x, i) => toBits(params[i]!, x)).filter((_, i) => this.isPassed(index, i));
    if (this.isPart(index)) this.depth++;
    const result = this.call(index, passed);
    if (this.depth !== 0) throw new Error(`the depth of calls is left at ${this.depth}`);
    return this.outcome(results[0] ? fromBits(results[0], result) : undefined);
  }

  /** Calls it as this engine has it. */
  runAsItIs(entry: string, args: readonly number[]): Outcome {
    return this.outcome((this.instance.exports[entry] as (...args: number[]) => unknown)(...args));
  }

  private outcome(result: unknown): Outcome {
    return {
      result,
      memory: new Uint8Array(this.memory?.buffer ?? new ArrayBuffer(0)),
      globals: this.globals.map((g) => g.value as unknown),
    };
  }

  private isPassed(f: number, parameter: number): boolean {
    return (this.parameters(f)[parameter]?.constant ?? null) === null;
  }

  call(index: number, args: Word[]): Word {
    const { params, results } = this.analysis.module.functions[index]!.type;
    const left = [...args];
    const bits = params.map((type, i): Word => {
      const constant = this.parameters(index)[i]?.constant ?? null;
      if (constant === null) return left.shift()!;
      return type === 'i32' || type === 'f32' ? Number(constant) : constant;
    });
    const run = this.runs.get(index);
    if (run) return run(this, bits)[0] ?? 0;
    if (this.isPart(index)) this.depth--;
    const f = this.instance.exports[`::f${index}`] as (...args: unknown[]) => unknown;
    const result = f(...bits.map((x, i) => fromBits(params[i]!, x)));
    this.renew();
    return results[0] ? toBits(results[0], result as number) : 0;
  }

  library(name: string, args: Word[]): Word {
    const [to, from, length] = args.map((x) => Number(x) >>> 0) as [number, number, number];
    const bytes = () => new Uint8Array(this.view.buffer);
    switch (name) {
      case 'indirect': {
        const table = this.instance.exports['::t0'] as unknown as { get(at: number): unknown };
        const f = table.get(Number(args.at(-1)) >>> 0);
        const index = this.analysis.functions.findIndex((_, i) => this.instance.exports[`::f${i}`] === f);
        if (index < 0) this.trap('an element of the table');
        return this.call(index, args.slice(0, -1));
      }
      case 'memory.copy':
        bytes().copyWithin(to - BASE, from - BASE, from - BASE + length);
        return 0;
      case 'memory.fill':
        bytes().fill(from & 255, to - BASE, to - BASE + length);
        return 0;
      case 'memory.grow': {
        const before = this.size() >>> 16;
        try {
          (this.memory as unknown as { grow(pages: number): number }).grow(Number(args[0]));
        } catch {
          return -1;
        }
        this.renew();
        return before;
      }
    }
    throw new Error(`a call that nobody runs: ${name}`);
  }

  private renew(): void {
    if (this.memory && this.view.buffer !== this.memory.buffer) this.view = new DataView(this.memory.buffer);
  }

  load(at: number, bytes: number, signed: boolean): number {
    const address = at - BASE;
    if (bytes === 4) return this.view.getInt32(address, true);
    if (bytes === 2) return signed ? this.view.getInt16(address, true) : this.view.getUint16(address, true);
    return signed ? this.view.getInt8(address) : this.view.getUint8(address);
  }

  load64(at: number): bigint {
    return this.view.getBigInt64(at - BASE, true);
  }

  store(at: number, bytes: number, value: number): void {
    const address = at - BASE;
    if (bytes === 4) this.view.setInt32(address, value, true);
    else if (bytes === 2) this.view.setInt16(address, value, true);
    else this.view.setInt8(address, value);
  }

  store64(at: number, value: bigint): void {
    this.view.setBigInt64(at - BASE, value, true);
  }

  size(): number {
    return this.view.byteLength | 0;
  }

  global(index: number): Word {
    if (index === Number(callDepth)) return this.depth;
    return toBits(this.typeOf(index), this.globals[index]!.value as number);
  }

  setGlobal(index: number, value: Word): void {
    if (index === Number(callDepth)) this.depth = Number(value);
    else this.globals[index]!.value = fromBits(this.typeOf(index), value);
  }

  private typeOf(index: number): ValueType {
    return this.analysis.module.globals[index]!.type;
  }

  float(name: string, args: Word[]): Word {
    return computeFloat(name, args);
  }

  count(n: Word, kind: string): number {
    const bits = BigInt(n)
      .toString(2)
      .padStart(kind.endsWith('64') ? 64 : 32, '0');
    if (kind.startsWith('popcnt')) return bits.replaceAll('0', '').length;
    if (kind === 'clz32') return Math.clz32(Number(n));
    const zeros = kind.startsWith('clz') ? bits.indexOf('1') : bits.length - 1 - bits.lastIndexOf('1');
    return BigInt(n) === 0n ? bits.length : zeros;
  }

  step(): void {
    if (++this.steps > mostSteps) throw new Error('the run does not end');
  }

  trap(why: string): never {
    throw new Error(`trapped: ${why}`);
  }
}
