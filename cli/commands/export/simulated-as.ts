/** Which runtime of the simulator stands for the code in a bundle. */
import type { FirmwareRuntime } from '../../../generator/lint/runtime.ts';
import type { RuntimeId } from '../../../sim/runtimes/index.ts';

/** WAMR bundles build the fast interpreter unless the classic one is asked for by its own id. */
export function simulatedAs(runtime: FirmwareRuntime, asked: string): RuntimeId {
  switch (runtime) {
    case 'wasm2c':
      return 'wasm2c-firmware';
    case 'wamr':
      return asked === 'wamr-classic' ? 'wamr-classic' : 'wamr-fast';
    case 'wasm3':
    case 'wamr-aot':
      return runtime;
  }
}
