/** Runs an image in QEMU with the instruction counter of count.c and reads what both of them say. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuiltImage } from './build.ts';
import { hostCompiler, run, type Toolchain } from './toolchain.ts';

export interface EmulatedWindow {
  output: bigint[];
  stackBytes: number;
}

export interface EmulatedRun {
  windows: EmulatedWindow[];
  /** What the device's own comparison says. */
  result: number;
  differences: number;
  /** Instructions between the two marks around each call, in the order of the calls. */
  spans: number[];
  totalInstructions: number;
}

let counter: Promise<string> | undefined;

/** Compiles the plugin once a process. */
function counterPlugin(): Promise<string> {
  return (counter ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'escapement-'));
    const source = fileURLToPath(new URL('./c/count.c', import.meta.url));
    await run(
      hostCompiler,
      ['-O2', '-fPIC', '-shared', '-Wl,--unresolved-symbols=ignore-all', source, '-o', 'libcount.so'],
      folder,
    );
    return join(folder, 'libcount.so');
  })());
}

export async function emulate(folder: string, image: BuiltImage, toolchain: Toolchain): Promise<EmulatedRun> {
  const plugin = `${await counterPlugin()},mark=0x${image.mark.toString(16)},out=counts`;
  const output = await run(
    toolchain.emulator,
    ['-plugin', plugin, ...toolchain.emulate(image.image)],
    folder,
  );
  const counts = readFileSync(join(folder, 'counts'), 'utf8').trim().split('\n');
  const totalInstructions = Number(counts.pop()!.replace('total ', ''));
  const marks = counts.map(Number);
  const overhead = marks[1] - marks[0];
  const spans = [];
  for (let i = 2; i + 1 < marks.length; i += 2) spans.push(marks[i + 1] - marks[i] - overhead);
  return { ...readLines(output), spans, totalInstructions };
}

function readLines(output: string): Omit<EmulatedRun, 'spans' | 'totalInstructions'> {
  const windows = [...output.matchAll(/^window stack (\d+) output(.*)$/gm)].map(([, stack, cells]) => ({
    stackBytes: Number(stack),
    output: cells.trim().split(' ').map(BigInt),
  }));
  const verdict = /^selftest result (-?\d+) windows (\d+) differences (\d+)$/m.exec(output);
  return {
    windows,
    result: verdict ? Number(verdict[1]) : Number.NaN,
    differences: verdict ? Number(verdict[3]) : Number.NaN,
  };
}
