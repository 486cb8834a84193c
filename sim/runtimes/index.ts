/** Registry of runtimes. */
import { simRefusals } from '../../common/refusals/index.ts';
import type { EndTable } from '../wasm/index.ts';
import type { Runtime, RuntimeId } from './runtime.ts';
import { wamrAot } from './wamr-aot.ts';
import { wamrClassic } from './wamr-classic.ts';
import { wamrFast } from './wamr-fast.ts';
import { wasm2cFirmware } from './wasm2c-firmware.ts';
import { wasm2cUnchecked } from './wasm2c-unchecked.ts';
import { wasm2c } from './wasm2c.ts';
import { wasm3 } from './wasm3.ts';

export { runtimeIds, type Runtime, type RuntimeId } from './runtime.ts';

export const runtimes: Record<RuntimeId, Runtime> = {
  wasm3,
  'wamr-classic': wamrClassic,
  'wamr-fast': wamrFast,
  wasm2c,
  'wasm2c-unchecked': wasm2cUnchecked,
  'wasm2c-firmware': wasm2cFirmware,
  'wamr-aot': wamrAot,
};

/** Of an interpreter that keeps ends of blocks. */
export const endTable = ({ execution }: Runtime): EndTable | undefined =>
  execution.kind === 'interpreted' ? execution.ends : undefined;

/** Compiled access by access as firmware. */
export const isRewritten = ({ execution }: Runtime): boolean =>
  execution.kind === 'compiled' && execution.rewritten === true;

/** Refuses an unknown id with ESC508. */
export function findRuntime(id: string): Runtime {
  const runtime = runtimes[id as RuntimeId];
  if (runtime === undefined) throw simRefusals.unknownRuntime(id, Object.keys(runtimes));
  return runtime;
}
