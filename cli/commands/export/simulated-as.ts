/** Which runtime of the simulator stands for the code in a bundle. */
import type { FirmwareRuntime } from '../../../generator/lint/runtime.ts';
import type { RuntimeId } from '../../../sim/runtimes/index.ts';

/**
 * Compiled bundles carry a bounds check only where the address analysis could prove nothing, so they are costed as unchecked code; the
 * few that stay are inside the band. WAMR bundles build the fast interpreter unless the classic one is asked for by its own id.
 */
export function simulatedAs(runtime: FirmwareRuntime, asked: string): RuntimeId {
  switch (runtime) {
    case 'wasm2c':
      return 'wasm2c-unchecked';
    case 'wamr':
      return asked === 'wamr-classic' ? 'wamr-classic' : 'wamr-fast';
    case 'wasm3':
    case 'wamr-aot':
      return runtime;
  }
}
