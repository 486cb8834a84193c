/** Which runtime of the simulator stands for the code in a bundle. */
import type { FirmwareRuntime } from '../../../generator/lint/runtime.ts';
import type { RuntimeId } from '../../../sim/runtimes/index.ts';

/**
 * Compiled bundles carry a bounds check only where the address analysis could prove nothing: they lie between unchecked code and checked
 * code, by the executed share of those accesses. WAMR bundles build the fast interpreter unless the classic one is asked for by its own id.
 */
export function simulatedAs(
  runtime: FirmwareRuntime,
  asked: string,
): { runtime: RuntimeId; checked: RuntimeId } {
  const only = (id: RuntimeId) => ({ runtime: id, checked: id });
  switch (runtime) {
    case 'wasm2c':
      return { runtime: 'wasm2c-unchecked', checked: 'wasm2c' };
    case 'wamr':
      return only(asked === 'wamr-classic' ? 'wamr-classic' : 'wamr-fast');
    case 'wasm3':
    case 'wamr-aot':
      return only(runtime);
  }
}
