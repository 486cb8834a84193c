/**
 * Bytes of a function's frame on an interpreter's own stack (32-bit cells), at most:
 *
 *   wasm3          results and parameters (8 bytes each) | locals | constants | operands
 *   WAMR fast      frame header | constants | parameters and locals | operands
 *   WAMR classic   frame header | parameters and locals | operands | 16 bytes for each block that may be open
 */
import type { RuntimeId } from '../runtimes/index.ts';
import { stackLayout } from '../timing/compiled/stack.ts';
import { isWide } from '../timing/interpreted/translation.ts';
import { constantCells } from '../timing/interpreted/wamr-fast.ts';
import { reservedConstants } from '../timing/interpreted/wasm3-constants.ts';
import type { FunctionAnalysis, ModuleAnalysis } from '../wasm/index.ts';

const FRAME_HEADER = 40;
const BLOCK = 16;

export function frameBytes(runtime: RuntimeId, analysis: ModuleAnalysis, f: FunctionAnalysis): number {
  const { body, locals, type } = f.wasm;
  const cells = locals.reduce((n, t) => n + (isWide(t) ? 2 : 1), 0);
  const wide = body.some(({ name }) => /^[if]64\.|extend_i32|promote/.test(name));
  const operands = stackLayout(analysis.module, f.wasm).maximum * (wide ? 2 : 1);
  if (runtime === 'wasm3') {
    const passed = 2 * (type.params.length + type.results.length);
    return 4 * (passed + cells + reservedConstants(analysis.bytes, body) + operands);
  }
  if (runtime === 'wamr-fast') return FRAME_HEADER + 4 * (cells + constantCells(f.wasm) + operands);
  let open = 1;
  let most = 1;
  for (const { name } of body) {
    if (name === 'block' || name === 'loop' || name === 'if') most = Math.max(most, ++open);
    else if (name === 'end') open--;
  }
  return FRAME_HEADER + 4 * (cells + operands) + BLOCK * most;
}
