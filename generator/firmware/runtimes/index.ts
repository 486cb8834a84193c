/** Registry of runtimes that a bundle can be made for. */
import { firmwareRuntime, type FirmwareRuntime } from '../../lint/runtime.ts';
import type { RuntimeExport } from './firmware-runtime.ts';
import { wamrAot } from './wamr-aot.ts';
import { wamr } from './wamr.ts';
import { wasm2c } from './wasm2c.ts';
import { wasm3 } from './wasm3.ts';

const runtimes: Record<FirmwareRuntime, RuntimeExport> = { wasm3, wamr, 'wamr-aot': wamrAot, wasm2c };

/** Refuses an unknown id (ESC701). */
export const findRuntimeExport = (id: string): RuntimeExport => runtimes[firmwareRuntime(id)];
