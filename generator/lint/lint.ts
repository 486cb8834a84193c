/** Judges a module, ours or any other, by the rules that a runtime on a microcontroller sets. */
import { decodeModule } from '../../common/wasm/decode.ts';
import { rules } from './registry.ts';
import type { Finding } from './rule.ts';
import { firmwareRuntime } from './runtime.ts';

const order = { error: 0, warning: 1, note: 2 } as const;

/**
 * Findings, errors first. `runtime` is wasm3, wamr, wamr-aot, wasm2c or an id of the simulator (ESC701).
 * Refuses bytes that are no module (ESC501 to ESC503).
 */
export function lintModule(wasm: Uint8Array, runtime: string): Finding[] {
  const target = firmwareRuntime(runtime);
  const module = decodeModule(wasm);
  return rules
    .flatMap((rule) => rule.check(module, target).map((found) => ({ rule: rule.name, ...found })))
    .sort((a, b) => order[a.severity] - order[b.severity]);
}
