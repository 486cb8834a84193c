/**
 * The instruction set that the simulator understands: WebAssembly 1.0, sign extension, non-trapping conversions
 * and bulk memory. Encodings follow the WebAssembly core specification, section 5.4 (binary format, instructions).
 */

/** What follows the opcode byte(s). */
export type ImmediateKind =
  | 'none'
  | 'block' // block type
  | 'label' // branch depth
  | 'labels' // br_table: vector of depths, then the default
  | 'index' // local, global or function index
  | 'indirect' // call_indirect: type index, table index
  | 'memarg' // alignment exponent, offset
  | 'i32'
  | 'i64'
  | 'f32'
  | 'f64'
  | 'byte' // memory.size, memory.grow, memory.fill: one reserved byte
  | 'bytes' // memory.copy: two reserved bytes
  | 'indexByte' // memory.init: data index and a reserved byte
  | 'indexes'; // table.init, table.copy: two indexes

export interface OpcodeInfo {
  name: string;
  immediate: ImmediateKind;
}

const table = new Map<number, OpcodeInfo>();

function row(first: number, immediate: ImmediateKind, names: string): void {
  names.split(' ').forEach((name, i) => table.set(first + i, { name, immediate }));
}

row(0x00, 'none', 'unreachable nop');
row(0x02, 'block', 'block loop if');
row(0x05, 'none', 'else');
row(0x0b, 'none', 'end');
row(0x0c, 'label', 'br br_if');
row(0x0e, 'labels', 'br_table');
row(0x0f, 'none', 'return');
row(0x10, 'index', 'call');
row(0x11, 'indirect', 'call_indirect');
row(0x1a, 'none', 'drop select');
row(0x20, 'index', 'local.get local.set local.tee global.get global.set');
row(
  0x28,
  'memarg',
  'i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u i64.load8_s i64.load8_u ' +
    'i64.load16_s i64.load16_u i64.load32_s i64.load32_u i32.store i64.store f32.store f64.store i32.store8 ' +
    'i32.store16 i64.store8 i64.store16 i64.store32',
);
row(0x3f, 'byte', 'memory.size memory.grow');
row(0x41, 'i32', 'i32.const');
row(0x42, 'i64', 'i64.const');
row(0x43, 'f32', 'f32.const');
row(0x44, 'f64', 'f64.const');
const comparisons = 'eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u';
const prefix = (type: string, names: string) => names.replace(/\S+/g, (name) => `${type}.${name}`);
row(0x45, 'none', prefix('i32', comparisons));
row(0x50, 'none', prefix('i64', comparisons));
row(0x5b, 'none', prefix('f32', 'eq ne lt gt le ge'));
row(0x61, 'none', prefix('f64', 'eq ne lt gt le ge'));
const integers = 'clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr';
row(0x67, 'none', prefix('i32', integers));
row(0x79, 'none', prefix('i64', integers));
const floats = 'abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign';
row(0x8b, 'none', prefix('f32', floats));
row(0x99, 'none', prefix('f64', floats));
row(
  0xa7,
  'none',
  'i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u i64.extend_i32_s i64.extend_i32_u ' +
    'i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u f32.convert_i32_s f32.convert_i32_u ' +
    'f32.convert_i64_s f32.convert_i64_u f32.demote_f64 f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s ' +
    'f64.convert_i64_u f64.promote_f32 i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 ' +
    'f64.reinterpret_i64 i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s',
);
row(
  0xfc00,
  'none',
  prefix('i32', 'trunc_sat_f32_s trunc_sat_f32_u trunc_sat_f64_s trunc_sat_f64_u') +
    ' ' +
    prefix('i64', 'trunc_sat_f32_s trunc_sat_f32_u trunc_sat_f64_s trunc_sat_f64_u'),
);
row(0xfc08, 'indexByte', 'memory.init');
row(0xfc09, 'index', 'data.drop');
row(0xfc0a, 'bytes', 'memory.copy');
row(0xfc0b, 'byte', 'memory.fill');
row(0xfc0c, 'indexes', 'table.init');
row(0xfc0d, 'index', 'elem.drop');
row(0xfc0e, 'indexes', 'table.copy');

/** By opcode; instructions behind the 0xfc prefix are keyed 0xfc00 + sub-opcode. Undefined when not understood. */
export const opcodeInfo = (opcode: number): OpcodeInfo | undefined => table.get(opcode);

/** What to call an instruction that is not in the table. */
export function describeUnknown(opcode: number): string {
  const hex = `0x${opcode.toString(16)}`;
  if (opcode === 0xfd) return `SIMD instruction (prefix ${hex})`;
  if (opcode === 0xfe) return `atomic instruction (prefix ${hex})`;
  if (opcode === 0x12 || opcode === 0x13) return `tail call (${hex})`;
  if (opcode === 0x1c) return `typed select (${hex})`;
  if (opcode === 0x25 || opcode === 0x26 || (opcode >= 0xd0 && opcode <= 0xd2))
    return `reference-type instruction (${hex})`;
  if (opcode >= 0x06 && opcode <= 0x0a) return `exception-handling instruction (${hex})`;
  if (opcode === 0xfb) return `garbage-collection instruction (prefix ${hex})`;
  return `opcode ${hex}`;
}
