/** Decodes one instruction (WebAssembly core specification, section 5.4). */
import { simRefusals } from '../../common/refusals/index.ts';
import type { FunctionType, Instruction, ValueType } from './module.ts';
import { describeUnknown, opcodeInfo } from './opcodes.ts';
import type { Reader } from './reader.ts';

const valueTypes: Record<number, ValueType> = { 0x7f: 'i32', 0x7e: 'i64', 0x7d: 'f32', 0x7c: 'f64' };

export function valueType(code: number, offset: number): ValueType {
  const type = valueTypes[code];
  if (type === undefined) throw simRefusals.unknownInstruction(`value type 0x${code.toString(16)}`, offset);
  return type;
}

export function decodeInstruction(r: Reader, types: readonly FunctionType[]): Instruction {
  const offset = r.position;
  let opcode = r.byte();
  if (opcode === 0xfc) opcode = 0xfc00 + r.u32();
  const info = opcodeInfo(opcode);
  if (info === undefined) throw simRefusals.unknownInstruction(describeUnknown(opcode), offset);
  const instruction: Instruction = {
    name: info.name,
    offset,
    end: offset,
    index: 0,
    memoryOffset: 0,
    value: 0,
    labels: [],
  };
  switch (info.immediate) {
    case 'none':
      break;
    case 'block':
      instruction.blockType = blockType(r, types);
      break;
    case 'label':
    case 'index':
      instruction.index = r.u32();
      break;
    case 'labels':
      instruction.labels = r.vector(() => r.u32());
      instruction.labels.push(r.u32());
      break;
    case 'memarg':
      instruction.index = r.u32();
      instruction.memoryOffset = r.u32();
      break;
    case 'i32':
      instruction.value = r.s32();
      break;
    case 'i64':
      instruction.value = r.s64();
      break;
    case 'f32':
      instruction.value = r.f32();
      break;
    case 'f64':
      instruction.value = r.f64();
      break;
    case 'byte':
      r.byte();
      break;
    case 'bytes':
      r.byte();
      r.byte();
      break;
    case 'indexByte':
      instruction.index = r.u32();
      r.byte();
      break;
    case 'indirect':
    case 'indexes':
      instruction.index = r.u32();
      r.u32();
      break;
  }
  instruction.end = r.position;
  return instruction;
}

function blockType(r: Reader, types: readonly FunctionType[]): FunctionType {
  const offset = r.position;
  const code = r.s32();
  if (code >= 0) {
    const type = types[code];
    if (type === undefined) throw simRefusals.malformedModule(`block type ${code} does not exist`, offset);
    return type;
  }
  if (code === -64) return { params: [], results: [] };
  return { params: [], results: [valueType(code & 0x7f, offset)] };
}
