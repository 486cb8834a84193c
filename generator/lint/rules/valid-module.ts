import type { LintRule } from '../rule.ts';

/** V8 judges; it does not know custom page sizes, so a wasm3 variant is left to the other rules. */
export const validModule: LintRule = {
  name: 'valid-module',
  reason:
    'A loader on a microcontroller may skip validation (wasm3: d_m3EnableValidation=0), so an invalid module must not get there.',
  check(module) {
    if (module.features.has('custom-page-sizes') || WebAssembly.validate(module.bytes)) return [];
    let why = 'it does not validate';
    try {
      void new WebAssembly.Module(module.bytes);
    } catch (error) {
      why = String((error as Error).message).replace(/^WebAssembly\.Module\(\): /, '');
    }
    return [{ severity: 'error', message: `The module is invalid: ${why}.`, next: 'Compile it again.' }];
  },
};
