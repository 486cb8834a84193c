/**
 * The gate behind the compiler: a kernel obeys every rule of `escapement lint` that says whether and how it runs, on every runtime, and needs
 * nothing beyond WebAssembly 1.0 with sign extension. One that does not never leaves the generator. The rules are our
 * own and V8 validates, so that checking a kernel loads no compiler.
 */
import { kernelRefusals } from '../../common/refusals/index.ts';
import { decodeModule } from '../../common/wasm/decode.ts';
import type { Feature, WasmModule } from '../../common/wasm/module.ts';
import { exportsMemory } from '../lint/rules/exports-memory.ts';
import { dataInMemory } from '../lint/rules/data-in-memory.ts';
import { fixedMemory } from '../lint/rules/fixed-memory.ts';
import { heapBase } from '../lint/rules/heap-base.ts';
import { noFloats } from '../lint/rules/no-floats.ts';
import { noImports } from '../lint/rules/no-imports.ts';
import { noIndirectCalls } from '../lint/rules/no-indirect-calls.ts';
import { noMemoryGrow } from '../lint/rules/no-memory-grow.ts';
import { noMemorySize } from '../lint/rules/no-memory-size.ts';
import { noMutableGlobals } from '../lint/rules/no-mutable-globals.ts';
import { noRecursion } from '../lint/rules/no-recursion.ts';
import { noStart } from '../lint/rules/no-start.ts';
import { validModule } from '../lint/rules/valid-module.ts';

/** A finding of any severity is one too many for a kernel of ours. */
const gate = [
  validModule,
  noImports,
  noStart,
  exportsMemory,
  fixedMemory,
  noMemoryGrow,
  noMemorySize,
  noMutableGlobals,
  heapBase,
  dataInMemory,
  noIndirectCalls,
  noRecursion,
  noFloats,
];

const flashable: ReadonlySet<Feature> = new Set(['mvp', 'sign-extension']);

/** Throws ESC303 with the name of the rule, as `escapement lint --help` explains it. */
export function validateKernel(kernel: string, wasm: Uint8Array): void {
  const module = decodeModule(wasm);
  for (const rule of gate)
    // WAMR's findings are the sternest.
    if (rule.check(module, 'wamr').length > 0) throw kernelRefusals.invalidModule(kernel, rule.name);
  const [beyond] = featuresOf(module).filter((feature) => !flashable.has(feature));
  if (beyond) throw kernelRefusals.invalidModule(kernel, `mvp-with-sign-extension-only (${beyond})`);
}

const featuresOf = (module: WasmModule): Feature[] => [
  ...module.features.keys(),
  ...new Set(module.functions.flatMap((f) => f.body.map((i) => i.feature))),
];
