/**
 * Runs the AssemblyScript compiler in process on a generated source and the library in `assembly/`.
 * Options follow asconfig.json (target "kernel"): no runtime, no imports, no bulk memory.
 */
import { readFile } from 'node:fs/promises';
import { kernelRefusals } from '../../common/refusals/index.ts';

const root = new URL('../../', import.meta.url);

interface AscOptions {
  runtime: string;
  optimizeLevel: number;
  shrinkLevel: number;
  converge: boolean;
  noAssert: boolean;
  use: string[];
  disable: string[];
}

let warmCompiler: Promise<typeof import('assemblyscript/asc')> | undefined;
let kernelOptions: Promise<AscOptions> | undefined;
const library = new Map<string, Promise<string | null>>();

/** Loading the compiler takes the better part of a second; callers may start it early. */
export const warmUp = (): Promise<typeof import('assemblyscript/asc')> =>
  (warmCompiler ??= import('assemblyscript/asc'));

export interface AscInput {
  pages: number;
  /** WebAssembly SIMD, for the host profile. */
  simd?: boolean;
  /** Rewrites `assembly/fixed.ts` for a debug build. */
  counting?: (fixed: string) => string;
  /** Asks for a source map (JSON) too; the code stays the same. */
  onSourceMap?: (map: string) => void;
}

export async function compileAssemblyScript(
  kernel: string,
  source: string,
  input: AscInput,
): Promise<Uint8Array> {
  const { counting } = input;
  const asc = await warmUp();
  const files = new Map<string, Uint8Array | string>();
  const { error, stderr } = await asc.main(await commandLine(input), {
    readFile: async (name: string) => {
      if (name === 'kernel.ts') return source;
      const text = await readLibrary(name);
      return text !== null && counting && /^(\.\/)?assembly\/fixed\.ts$/.test(name) ? counting(text) : text;
    },
    writeFile: (name: string, contents: Uint8Array | string) => void files.set(name, contents),
    listFiles: () => [],
  });
  const wasm = files.get('kernel.wasm');
  if (error || !(wasm instanceof Uint8Array)) {
    const message =
      stderr
        .toString()
        .split('\n')
        .find((line) => line.includes('ERROR')) ?? String(error?.message);
    throw kernelRefusals.compilerFailed(kernel, message.slice(0, 300));
  }
  const map = files.get('kernel.wasm.map');
  if (input.onSourceMap && typeof map === 'string') input.onSourceMap(map);
  return wasm;
}

async function commandLine({ pages, simd, onSourceMap }: AscInput): Promise<string[]> {
  kernelOptions ??= readFile(new URL('asconfig.json', root), 'utf8').then(
    (text) => (JSON.parse(text) as { targets: { kernel: AscOptions } }).targets.kernel,
  );
  const o = await kernelOptions;
  return [
    'kernel.ts',
    '--outFile=kernel.wasm',
    `--runtime=${o.runtime}`,
    `--optimizeLevel=${o.optimizeLevel}`,
    `--shrinkLevel=${o.shrinkLevel}`,
    ...(o.converge ? ['--converge'] : []),
    ...(o.noAssert ? ['--noAssert'] : []),
    ...o.use.map((alias) => `--use=${alias}`),
    ...o.disable.map((feature) => `--disable=${feature}`),
    ...(simd ? ['--enable=simd'] : []),
    ...(onSourceMap ? ['--sourceMap'] : []),
    `--initialMemory=${pages}`,
    `--maximumMemory=${pages}`,
  ];
}

/** Library files are read once; anything outside `assembly/` does not exist for a kernel. */
function readLibrary(name: string): Promise<string | null> {
  const path = name.replace(/^\.\//, '');
  if (!/^assembly\/[a-z0-9-]+\.ts$/.test(path)) return Promise.resolve(null);
  const known = library.get(path) ?? readFile(new URL(path, root), 'utf8').catch(() => null);
  library.set(path, known);
  return known;
}
