/** Runs built programs in QEMU and prices their traces. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { ArmInstruction } from './arm-instruction.ts';
import { parseDisassembly } from './arm-instruction.ts';
import {
  buildPlugin,
  buildPrograms,
  disassemble,
  runForOutput,
  underLinux,
  type KernelSource,
  type Program,
  type ReferenceTier,
} from './build.ts';
import type { ReferenceCore } from './build.ts';
import { lowWordOf } from './call-definitions.ts';
import { cortexA7Cycles } from './cortex-a7.ts';
import { cortexA8Cycles } from './cortex-a8.ts';
import { cortexM33Cycles } from './cortex-m33.ts';
import { cortexM4Cycles } from './cortex-m4.ts';
import { countInstructions, readTrace, type Trace } from './trace.ts';

/** What one more iteration (or call) costs: (run(n2) - run(n1)) / (n2 - n1). */
export interface ReferenceRecord {
  kernel: string;
  core: ReferenceCore;
  runtime: ReferenceTier;
  n: [number, number];
  instructions: number;
  cycles: number;
}

const prices: Record<ReferenceCore, (trace: Trace) => number> = {
  'cortex-m4': cortexM4Cycles,
  'cortex-m33': cortexM33Cycles,
  'cortex-a7': cortexA7Cycles,
  'cortex-a8': cortexA8Cycles,
};

/** A folder that is deleted afterwards. */
export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-reference-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function measureKernel(
  source: KernelSource,
  folder: string,
  n: [number, number] = [1, 3],
): ReferenceRecord[] {
  const plugin = buildPlugin(folder);
  return buildPrograms(source, join(folder, source.name)).map((program) => {
    const code = parseDisassembly(disassemble(program));
    const price = prices[program.core];
    const [first, second] = n.map((count) => {
      const { trace, result } = execute(program, plugin, code, count);
      const expected = hostResult(source, count);
      if (result !== expected)
        throw new Error(`${source.name} answers ${result} on ${program.core}, ${expected} in this engine`);
      return { instructions: countInstructions(trace), cycles: price(trace) };
    });
    const per = (of: 'instructions' | 'cycles') => (second[of] - first[of]) / (n[1] - n[0]);
    return {
      kernel: source.name,
      core: program.core,
      runtime: program.tier,
      n,
      instructions: per('instructions'),
      cycles: per('cycles'),
    };
  });
}

/** What the same calls answer in this process. */
function hostResult({ wasm, entry, takesCount, call }: KernelSource, count: number): string {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
  const called = exports[entry] as (...args: readonly (number | bigint)[]) => number | bigint | undefined;
  if (takesCount) return String(Number(called(count)) | 0);
  if (call?.initialised) (exports._initialize as () => void)();
  const args = call?.args.map(({ value }) => value) ?? [];
  let result = 0;
  for (let k = 0; k < count; k++) result = lowWordOf(called(...args), call ? call.result : 'i32');
  return String(result);
}

export function execute(
  program: Program,
  plugin: string,
  code: ReadonlyMap<number, ArmInstruction>,
  count: number,
): { trace: Trace; result: string } {
  const [blocks, order] = [`${program.elf}.blocks`, `${program.elf}.order`];
  const folder = dirname(program.elf);
  const elf = basename(program.elf);
  const traced = ['-plugin', `${plugin},blocks=${blocks},order=${order}`];
  const machine = ['-M', 'mps2-an386', '-nographic', '-monitor', 'none', '-serial', 'none'];
  const semihosting = ['-semihosting-config', `enable=on,target=native,arg=kernel,arg=${count}`];
  const linux = ['-U', 'PATH', '-seed', '1', '-0', 'kernel'];
  const result = underLinux(program.core)
    ? runForOutput('qemu-arm', [...linux, ...traced, elf, String(count)], folder)
    : runForOutput('qemu-system-arm', [...machine, ...semihosting, '-kernel', elf, ...traced], folder);
  const numbers = readFileSync(order);
  const trace = readTrace(
    code,
    readFileSync(blocks, 'utf8'),
    new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length >> 2),
  );
  rmSync(order);
  rmSync(blocks);
  return { trace, result: result.trim() };
}
