/** A module that the simulator can time: as `common/wasm` decodes it, with numbers as its only values. */
import type * as wasm from '../../common/wasm/module.ts';

export type ValueType = wasm.NumberType;
export type FunctionType = wasm.FunctionType<ValueType>;
export type Instruction = wasm.Instruction<ValueType>;
export type WasmFunction = wasm.WasmFunction<ValueType>;
export type WasmModule = wasm.WasmModule<ValueType>;
