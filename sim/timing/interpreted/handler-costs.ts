/**
 * Cycles of an interpreter's handlers: what their compiled instructions take by the core's table. They were measured on
 * programs that run each handler alone, and are not fitted to kernels.
 */
import type { RuntimeId } from '../../runtimes/index.ts';
import wamrClassic from './costs/wamr-classic.json' with { type: 'json' };
import wamrFast from './costs/wamr-fast.json' with { type: 'json' };
import wasm3 from './costs/wasm3.json' with { type: 'json' };

export type CoreColumn = 'cortex-m4' | 'cortex-a7';

export interface HandlerCost {
  cycles: number;
  /** Nobody measured it. */
  assumed: boolean;
}

interface Table {
  handlers: Record<string, readonly number[]>;
  assumed: Record<string, readonly number[]>;
}

const tables: Partial<Record<RuntimeId, Table>> = {
  wasm3,
  'wamr-fast': wamrFast as Table,
  'wamr-classic': wamrClassic,
};

/** For handlers that have no figure at all (tables, growing memory): a call out of the interpreter. */
const UNKNOWN: Record<CoreColumn, number> = { 'cortex-m4': 150, 'cortex-a7': 120 };

export function handlerCost(runtime: RuntimeId, handler: string, core: CoreColumn): HandlerCost {
  const { handlers, assumed } = tables[runtime]!;
  const column = core === 'cortex-m4' ? 0 : 1;
  const measured = handlers[handler]?.[column];
  if (measured !== undefined) return { cycles: measured, assumed: false };
  const cycles = assumed[handler]?.[column] ?? (handler.startsWith('+') ? 0 : UNKNOWN[core]);
  return { cycles, assumed: true };
}
