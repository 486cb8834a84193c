/** A module as the simulator sees it: decoded, with the control-flow graph of every function. */
import { simRefusals } from '../../common/refusals/index.ts';
import { controlFlow, isOperator, type BasicBlock, type Loop } from './blocks.ts';
import { decode } from './decode.ts';
import type { PlacedAccesses } from './placed-accesses.ts';
import type { WasmFunction, WasmModule } from './module.ts';

export interface FunctionAnalysis {
  wasm: WasmFunction;
  name: string;
  blocks: BasicBlock[];
  loops: Loop[];
  /** Operators in each block. */
  operators: number[];
}

export interface ModuleAnalysis {
  bytes: Uint8Array;
  module: WasmModule;
  functions: FunctionAnalysis[];
  /** How firmware compiles its accesses, where somebody proved that. */
  placed?: PlacedAccesses;
}

/**
 * Decodes and analyses an import-free module. The bytes are the shipped ones: nothing is rewritten, so what is costed
 * is what is flashed. Throws refusals ESC501 to ESC505 and ESC510.
 */
export function analyse(bytes: Uint8Array): ModuleAnalysis {
  const module = decode(bytes);
  try {
    void new WebAssembly.Module(bytes);
  } catch (error) {
    throw simRefusals.invalidModule(error instanceof Error ? error.message : String(error));
  }
  const functions = module.functions.map((wasm): FunctionAnalysis => {
    const { blocks, loops } = controlFlow(wasm);
    const operators = blocks.map((b) => wasm.body.slice(b.first, b.last).filter(isOperator).length);
    return { wasm, name: wasm.name, blocks, loops, operators };
  });
  return { bytes, module, functions };
}
