/** Registry of runtimes that a bundle can be made for. */
import { firmwareRefusals } from '../../../common/refusals/index.ts';
import { firmwareRuntime, type FirmwareRuntime } from '../../lint/runtime.ts';
import type { RuntimeExport } from './firmware-runtime.ts';
import { wamrAot } from './wamr-aot.ts';
import { wamr } from './wamr.ts';
import { wasm2c } from './wasm2c.ts';
import { wasm3 } from './wasm3.ts';
import { wasm2cVersion } from '../wasm2c/translate.ts';

const runtimes: Record<FirmwareRuntime, RuntimeExport> = { wasm3, wamr, 'wamr-aot': wamrAot, wasm2c };

/** Refuses an unknown id (ESC701). */
export const findRuntimeExport = (id: string): RuntimeExport => runtimes[firmwareRuntime(id)];

/** Refuses early where a bundle for the runtime needs a tool that is not installed (ESC710). */
export function requireRuntimeTools(runtime: FirmwareRuntime): void {
  if (runtime === 'wasm2c' && wasm2cVersion() === undefined)
    throw firmwareRefusals.toolMissing('wasm2c', 'wabt');
}
