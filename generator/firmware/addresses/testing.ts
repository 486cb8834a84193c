/** For tests: runs a module in V8 with every memory access reported, the truth that the analysis must not contradict. */
import { readSections, sectionId, writeSections } from '../../compile/sections.ts';

export type Binaryen = typeof import('binaryen').default;
export const loadBinaryen = async (): Promise<Binaryen> => (await import('binaryen')).default;

export function assemble(binaryen: Binaryen, text: string): Uint8Array {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.MVP | binaryen.Features.SignExt);
  if (!module.validate()) throw new Error(`invalid test module: ${text}`);
  const binary = module.emitBinary();
  module.dispose();
  return binary;
}

/** First byte of an access that happened, by the number of the access in the order of the code. */
export interface SeenAccess {
  number: number;
  address: number;
}

/** Accesses that are listed at most. */
const LIMIT = 50_000;

const passValue = <T>(_number: number, value: T): T => value;

/**
 * Calls an export and lists what it touched, up to a trap. Binaryen's own instrumentation reports the addresses, so that
 * nothing of ours judges ours.
 */
export function watch(
  binaryen: Binaryen,
  wasm: Uint8Array,
  calls: readonly (readonly [name: string, ...args: number[]])[],
): SeenAccess[] {
  const seen: SeenAccess[] = [];
  const see = (number: number, _bytes: number, offset: number, address: number): number => {
    if (seen.length >= LIMIT) throw new WebAssembly.RuntimeError('seen enough');
    seen.push({ number: number - 1, address: (address >>> 0) + offset });
    // Beyond the memory the program reads something else instead of trapping: there is more to see behind it.
    return (address >>> 0) + offset <= 65528 ? address : 0;
  };
  const module = new WebAssembly.Module(instrument(binaryen, wasm));
  const env: Record<string, unknown> = {};
  for (const { name } of WebAssembly.Module.imports(module)) env[name] = passValue;
  const instance = new WebAssembly.Instance(module, { env: { ...env, load_ptr: see, store_ptr: see } });
  for (const [name, ...args] of calls) {
    try {
      (instance.exports[name] as (...args: number[]) => unknown)(...args);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    }
  }
  return seen;
}

function instrument(binaryen: Binaryen, wasm: Uint8Array): Uint8Array {
  const module = binaryen.readBinary(wasm);
  module.setFeatures(binaryen.Features.MVP | binaryen.Features.SignExt);
  module.runPasses(['instrument-memory']);
  const instrumented = module.emitBinary();
  module.dispose();
  return withData(instrumented, wasm);
}

/** Binaryen may drop zero bytes of a data segment: the original one goes back in. */
function withData(instrumented: Uint8Array, original: Uint8Array): Uint8Array {
  const data = readSections(original).filter((s) => s.id === sectionId.data);
  const rest = readSections(instrumented).filter((s) => s.id !== sectionId.data);
  return writeSections(instrumented, [...rest, ...data]);
}
