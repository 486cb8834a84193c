/**
 * Names in the C that wasm2c writes. They differ between releases (Z_kernel_..., w2c_kernel_..., wasm2c_kernel_...), so they
 * are read from the header and the code that came out.
 */
import { firmwareRefusals } from '../../../common/refusals/index.ts';

export interface GeneratedNames {
  /** Type of the instance structure. */
  instance: string;
  instantiate: string;
  /** Called once before instantiation, where the release has it. */
  initModule?: string;
  /** C function by export, and whether it gives a value. */
  exports: Map<string, { name: string; returns: boolean }>;
}

export function generatedNames(header: string): GeneratedNames {
  const instantiate = /\bvoid\s+(\w+_instantiate)\(\s*(?:struct\s+)?(\w+)\s*\*/.exec(header);
  if (!instantiate) throw firmwareRefusals.unreadableTranslation('no function that instantiates the module');
  const initModule = /\bvoid\s+(\w+_init_module)\(\s*void\s*\)/.exec(header)?.[1];
  const exports: GeneratedNames['exports'] = new Map();
  for (const [, name, declaration] of header.matchAll(/\/\* export: '([^']*)' \*\/\s*([^;]*);/g)) {
    const called = /(\w+)\s*\(/.exec(declaration)?.[1];
    if (called) exports.set(name, { name: called, returns: !/^\s*void\b(?!\s*\*)/.test(declaration) });
  }
  return {
    instance: instantiate[2],
    instantiate: instantiate[1],
    exports,
    ...(initModule ? { initModule } : {}),
  };
}
