/** wasm2c's code as `escapement export` rewrites it: what is proved loses its check, and nothing keeps loads where they are (docs/firmware.md). */
import type { Runtime } from './runtime.ts';
import { wasm2cUnchecked } from './wasm2c-unchecked.ts';

export const wasm2cFirmware: Runtime = {
  ...wasm2cUnchecked,
  id: 'wasm2c-firmware',
  name: 'wasm2c as firmware',
  execution: { kind: 'compiled', checked: false, rewritten: true },
};
