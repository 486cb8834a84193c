/** Module -> wasm2c's C -> Arm programs, with and without bounds checks, for both cores. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { callDefinitions, type WordCall } from './call-definitions.ts';
import { writeFirmware, type FirmwareFacts } from './firmware.ts';

export const cores = ['cortex-m4', 'cortex-m33', 'cortex-a7', 'cortex-a8'] as const;
export type ReferenceCore = (typeof cores)[number];
/** Linux programs; those of the Cortex-M run without an operating system. */
export const underLinux = (core: ReferenceCore): boolean => !core.startsWith('cortex-m');

/** Floating point has a reference on two cores: the Cortex-A8's unit has no pipeline that is described well enough, and nobody has written the Cortex-M33's here. */
export const coresOf = ({ floats }: { floats?: boolean }): readonly ReferenceCore[] =>
  floats ? ['cortex-m4', 'cortex-a7'] : cores;
export const tiers = ['wasm2c', 'wasm2c-unchecked'] as const;
/** The third is what `escapement export` compiles for firmware, of the project's own kernels on two cores. */
export type ReferenceTier = (typeof tiers)[number] | 'wasm2c-firmware';

/** Runtime sources of Debian's wabt. */
const runtime = '/usr/src/wasm2c';
const target = fileURLToPath(new URL('target/', import.meta.url));

export interface KernelSource {
  name: string;
  wasm: Uint8Array;
  /** Export, called with n, or n times where it takes no parameter. */
  entry: string;
  takesCount: boolean;
  /** What each call passes and answers, where it is not a number that counts. */
  call?: WordCall;
  memoryPages: number;
  /** Compiled for the floating-point unit on the Cortex-M4 (the Cortex-A7 always has one). */
  floats?: boolean;
  /** Present for the project's own kernels. */
  firmware?: FirmwareFacts;
}

export interface Program {
  core: ReferenceCore;
  tier: ReferenceTier;
  elf: string;
}

export function run(program: string, args: readonly string[], cwd?: string): string {
  return execFileSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd ? { cwd } : {}),
  });
}

/** objdump's text of a program. */
export const disassemble = ({ core, elf }: Pick<Program, 'core' | 'elf'>): string =>
  run(`${underLinux(core) ? 'arm-linux-gnueabihf' : 'arm-none-eabi'}-objdump`, ['-d', elf]);

/**
 * Both outputs together: semihosting writes to standard error. Without environment and in the program's folder, so that what a
 * program finds on its stack does not depend on this machine.
 */
export function runForOutput(program: string, args: readonly string[], cwd: string): string {
  const env = { PATH: process.env.PATH };
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', cwd, env });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} left with ${status}: ${stderr.slice(0, 200)}`);
  return stdout + stderr;
}

/** The plugin that traces; compiled once a folder. */
export function buildPlugin(folder: string): string {
  const plugin = join(folder, 'trace-plugin.so');
  if (!existsSync(plugin)) {
    const unresolved = '-Wl,--unresolved-symbols=ignore-all';
    run('gcc', ['-O2', '-fPIC', '-shared', unresolved, join(target, 'trace-plugin.c'), '-o', plugin]);
  }
  return plugin;
}

export function buildPrograms(source: KernelSource, folder: string): Program[] {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.wasm'), source.wasm);
  run('wasm2c', ['kernel.wasm', '-n', 'k', '-o', 'kernel.c'], folder);
  const checked = readFileSync(join(folder, 'kernel.c'), 'utf8');
  // The bound of a runtime that protects memory in another way: wasm2c's own code with its one check macro emptied.
  const unchecked = checked.replace(
    /^#define MEMCHECK\(mem, a, t\) RANGE_CHECK.*/m,
    '#define MEMCHECK(mem, a, t)',
  );
  if (unchecked === checked && /_load|_store/.test(checked))
    throw new Error('no MEMCHECK in the code of wasm2c');
  writeFileSync(join(folder, 'kernel-unchecked.c'), unchecked);
  const programs = tiers.flatMap((tier) => {
    const code = join(folder, tier === 'wasm2c' ? 'kernel.c' : 'kernel-unchecked.c');
    return coresOf(source).map((core): Program => ({ core, tier, elf: link(core, source, code, folder) }));
  });
  if (!source.firmware) return programs;
  const elsewhere = join(folder, 'firmware');
  writeFirmware(source, source.firmware, elsewhere);
  const code = join(elsewhere, 'kernel.c');
  const rewritten = (['cortex-m4', 'cortex-a7'] as const).map((core): Program => ({
    ...{ core, tier: 'wasm2c-firmware' },
    elf: link(core, source, code, elsewhere, ['-DFIRMWARE']),
  }));
  return [...programs, ...rewritten];
}

function link(
  core: ReferenceCore,
  source: KernelSource,
  code: string,
  folder: string,
  more: readonly string[] = [],
): string {
  const elf = join(folder, `${core}-${basename(code, '.c')}.elf`);
  const common = [
    ...['-O2', `-mcpu=${core}`, ...more, '-I', folder, '-I', runtime, '-I', target],
    ...callDefinitions(source, () => readFileSync(join(folder, 'kernel.h'), 'utf8')),
  ];
  if (underLinux(core))
    run('arm-linux-gnueabihf-gcc', [
      ...common,
      '-static',
      join(target, 'linux.c'),
      code,
      ...(more.includes('-DFIRMWARE') ? [] : [join(runtime, 'wasm-rt-impl.c')]),
      ...['-lm', '-o', elf],
    ]);
  else
    run('arm-none-eabi-gcc', [
      ...common,
      ...(source.floats ? ['-mfpu=fpv4-sp-d16', '-mfloat-abi=hard'] : []),
      ...['-mthumb', '-nostartfiles', '--specs=nano.specs', '--specs=nosys.specs', '-DNDEBUG'],
      `-DMEMORY_BYTES=${source.memoryPages * 65536}`,
      ...['-T', join(target, 'bare-metal.ld'), join(target, 'bare-metal.c'), code],
      // Behind the kernel: what is in front of it decides its addresses, and by them its branches' cycles.
      ...(/allocate_funcref_table/.test(readFileSync(code, 'utf8')) ? [join(target, 'tables.c')] : []),
      ...['-lm', '-o', elf],
    ]);
  return elf;
}
