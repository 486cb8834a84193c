/** Compilers and emulators of the two targets, all of them Debian packages. */
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { firmwareRefusals } from '../../../common/refusals/index.ts';

export const selfTestTargets = ['m4', 'a7'] as const;
export type SelfTestTarget = (typeof selfTestTargets)[number];

export interface Tool {
  name: string;
  debianPackage: string;
}

export interface Toolchain {
  title: string;
  compiler: Tool;
  nm: Tool;
  size: Tool;
  objcopy: Tool;
  emulator: Tool;
  /** Code generation only: what a firmware for this core would use as well. */
  flags: readonly string[];
  optimisation: string;
  /** For the linked image. */
  link: readonly string[];
  platform: string;
  emulate(image: string): string[];
}

const arm = (prefix: string, debianPackage: string, binutils: string) => ({
  compiler: { name: `${prefix}-gcc`, debianPackage },
  nm: { name: `${prefix}-nm`, debianPackage: binutils },
  size: { name: `${prefix}-size`, debianPackage: binutils },
  objcopy: { name: `${prefix}-objcopy`, debianPackage: binutils },
});

export const toolchains: Record<SelfTestTarget, Toolchain> = {
  m4: {
    title: 'Cortex-M4, bare metal',
    ...arm('arm-none-eabi', 'gcc-arm-none-eabi libnewlib-arm-none-eabi', 'binutils-arm-none-eabi'),
    emulator: { name: 'qemu-system-arm', debianPackage: 'qemu-system-arm' },
    flags: ['-mcpu=cortex-m4', '-mthumb'],
    optimisation: '-O2',
    link: ['-nostartfiles', '--specs=nano.specs', '--specs=nosys.specs', '-Wl,--gc-sections', '-T', 'm4.ld'],
    platform: 'm4.c',
    emulate: (image) => [
      '-M',
      'mps2-an386',
      '-display',
      'none',
      '-monitor',
      'none',
      '-serial',
      'none',
      '-semihosting-config',
      'enable=on,target=native',
      '-kernel',
      image,
    ],
  },
  a7: {
    title: 'Cortex-A7, Linux',
    ...arm(
      'arm-linux-gnueabihf',
      'gcc-arm-linux-gnueabihf libc6-dev-armhf-cross',
      'binutils-arm-linux-gnueabihf',
    ),
    emulator: { name: 'qemu-arm', debianPackage: 'qemu-user' },
    flags: ['-mcpu=cortex-a7', '-mfpu=neon-vfpv4', '-mfloat-abi=hard'],
    optimisation: '-O3',
    link: ['-static'],
    platform: 'a7.c',
    emulate: (image) => ['-cpu', 'cortex-a7', image],
  },
};

/** Compiles the instruction counter for QEMU. */
export const hostCompiler: Tool = { name: 'gcc', debianPackage: 'gcc' };

const translator: Tool = { name: 'wasm2c', debianPackage: 'wabt' };

/** Tools that a self-test of the target needs and does not find. */
export function missingTools(target: SelfTestTarget): Tool[] {
  const t = toolchains[target];
  return [translator, t.compiler, t.nm, t.size, t.objcopy, t.emulator, hostCompiler].filter(
    (tool) => !version(tool),
  );
}

/** Refuses with all that has to be installed (ESC710). */
export function requireTools(target: SelfTestTarget): void {
  const missing = missingTools(target);
  if (missing.length === 0) return;
  const names = missing.map((t) => t.name).join(', ');
  const packages = [...new Set(missing.map((t) => t.debianPackage))].join(' ');
  throw firmwareRefusals.toolMissing(names, packages);
}

/** First line of `--version`, or undefined. */
export function version({ name }: Tool): string | undefined {
  try {
    const text = execFileSync(name, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return text.split('\n')[0].trim();
  } catch {
    return undefined;
  }
}

const execute = promisify(execFile);

/** Runs a tool in a folder and gives what it prints; throws ESC711 with the first line that it complains with. */
export async function run({ name }: Tool, args: readonly string[], folder: string): Promise<string> {
  try {
    const { stdout, stderr } = await execute(name, args, {
      cwd: folder,
      maxBuffer: 2 ** 26,
      timeout: 300_000,
    });
    return stdout + stderr; // QEMU prints what the target says on either
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const lines = (stderr || message).split('\n');
    const blamed = lines.find((line) => /error|undefined/i.test(line)) ?? lines[0];
    throw firmwareRefusals.toolFailed(name, blamed.slice(0, 300));
  }
}
