/** Decodes a module that the simulator can time: import-free WebAssembly 1.0 with sign extension, saturating conversions and bulk memory. */
import { simRefusals } from '../../common/refusals/index.ts';
import { decodeModule } from '../../common/wasm/decode.ts';
import type { Feature, ValueType } from '../../common/wasm/module.ts';
import type { WasmModule } from './module.ts';

const timed: ReadonlySet<Feature> = new Set([
  'mvp',
  'sign-extension',
  'saturating-float-to-int',
  'bulk-memory',
  'multi-value',
]);

/** What a person calls an instruction of a proposal. */
const called: Partial<Record<Feature, string>> = {
  simd: 'SIMD instruction',
  'relaxed-simd': 'relaxed SIMD instruction',
  threads: 'atomic instruction',
  'tail-call': 'tail call',
  'reference-types': 'reference-type instruction',
  exceptions: 'exception-handling instruction',
  gc: 'garbage-collection instruction',
};

/** Refuses imports, instructions that have no cost, and malformed binaries by name and offset (ESC501 to ESC505). */
export function decode(bytes: Uint8Array): WasmModule {
  const module = decodeModule(bytes);
  const [first] = module.imports;
  if (first) throw simRefusals.moduleHasImports(`${first.module}.${first.name}`, module.imports.length);
  for (const [feature, offset] of module.features)
    if (!timed.has(feature)) throw simRefusals.unknownInstruction(`declaration of ${feature}`, offset);
  for (const { type, locals, body, bodyOffset } of module.functions) {
    for (const { name, feature, offset } of body)
      if (!timed.has(feature))
        throw simRefusals.unknownInstruction(`${called[feature] ?? feature} (${name})`, offset);
    const strange = [...locals, ...type.results].find((t) => !isNumber(t));
    if (strange) throw simRefusals.unknownInstruction(`value of type ${strange}`, bodyOffset);
  }
  // No value of another type is left: a block or a global of one needs an instruction of its proposal.
  return module as WasmModule;
}

const isNumber = (type: ValueType): boolean => /^[if](32|64)$/.test(type);
