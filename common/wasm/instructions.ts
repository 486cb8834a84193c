/** Decodes one instruction (WebAssembly core specification, section 5.4). */
import type { FunctionType, Instruction, ValueType } from './module.ts';
import { isPrefix, opcode as lookUp } from './opcodes.ts';
import type { Reader } from './reader.ts';

const numberTypes: Record<number, ValueType> = {
  0x7f: 'i32',
  0x7e: 'i64',
  0x7d: 'f32',
  0x7c: 'f64',
  0x7b: 'v128',
};

/** A value type; references keep no detail. */
export function valueType(r: Reader): ValueType {
  const code = r.byte();
  if (code === 0x63 || code === 0x64) r.s64(); // (ref null? heaptype)
  const type = numberTypes[code];
  if (type) return type;
  if (code >= 0x40 && code < 0x80) return 'reference';
  return r.fail(`0x${code.toString(16)} is no value type`);
}

export function decodeInstruction(r: Reader, types: readonly FunctionType[]): Instruction {
  const offset = r.position;
  let code = r.byte();
  if (isPrefix(code)) code = code * 65536 + r.u32();
  const known = lookUp(code);
  if (!known) r.fail(`the opcode 0x${code.toString(16)} is not known`);
  const { name, immediate, feature } = known!;
  const instruction: Instruction = {
    name,
    feature,
    offset,
    end: offset,
    index: 0,
    memoryOffset: 0,
    value: 0,
    labels: [],
  };
  switch (immediate) {
    case 'none':
      break;
    case 'block':
      instruction.blockType = blockType(r, types);
      break;
    case 'label':
    case 'index':
      instruction.index = r.u32();
      break;
    case 'indexes':
      instruction.index = r.u32();
      r.u32();
      break;
    case 'labels':
      instruction.labels = r.vector(() => r.u32());
      instruction.labels.push(r.u32());
      break;
    case 'memarg':
    case 'memargLane':
      instruction.index = r.u32();
      if (instruction.index & 0x40) r.u32(); // multi-memory: a memory index follows
      instruction.memoryOffset = r.u64();
      if (immediate === 'memargLane') r.byte();
      break;
    case 'lane':
      r.byte();
      break;
    case 'types':
      r.vector(() => valueType(r));
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
    case 'v128':
      r.take(16);
      break;
  }
  instruction.end = r.position;
  return instruction;
}

function blockType(r: Reader, types: readonly FunctionType[]): FunctionType {
  const start = r.position;
  const code = r.s32();
  if (code >= 0) return types[code] ?? r.fail(`block type ${code} does not exist`);
  if (code === -64) return { params: [], results: [] };
  r.position = start;
  return { params: [], results: [valueType(r)] };
}
