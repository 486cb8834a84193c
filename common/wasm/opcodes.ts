/**
 * Opcodes and what follows them: WebAssembly core specification, section 5.4 (binary format, instructions), and the
 * proposals that a compiler for watches may have switched on. Instructions behind a prefix are keyed
 * prefix * 65536 + sub-opcode.
 */
import type { Feature } from './module.ts';

/** What follows the opcode. */
export type Immediate =
  | 'none'
  | 'block' // block type
  | 'label' // branch depth
  | 'labels' // br_table: vector of depths, then the default
  | 'index' // local, global, function, type, data or heap type
  | 'indexes' // two indexes
  | 'memarg' // alignment exponent, offset
  | 'lane' // one byte
  | 'memargLane'
  | 'types' // typed select: vector of value types
  | 'i32'
  | 'i64'
  | 'f32'
  | 'f64'
  | 'v128'; // 16 bytes

export interface Opcode {
  name: string;
  immediate: Immediate;
  feature: Feature;
}

const table = new Map<number, Opcode>();

function row(first: number, immediate: Immediate, feature: Feature, names: string): void {
  names.split(' ').forEach((name, i) => table.set(first + i, { name, immediate, feature }));
}
const typed = (type: string, names: string) => names.replace(/\S+/g, (name) => `${type}.${name}`);
const comparisons = 'eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u';
const integers = 'clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr';
const floats = 'abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign';

row(0x00, 'none', 'mvp', 'unreachable nop');
row(0x02, 'block', 'mvp', 'block loop if');
row(0x05, 'none', 'mvp', 'else');
row(0x06, 'block', 'exceptions', 'try');
row(0x07, 'index', 'exceptions', 'catch throw rethrow');
row(0x0a, 'none', 'exceptions', 'throw_ref');
row(0x0b, 'none', 'mvp', 'end');
row(0x0c, 'label', 'mvp', 'br br_if');
row(0x0e, 'labels', 'mvp', 'br_table');
row(0x0f, 'none', 'mvp', 'return');
row(0x10, 'index', 'mvp', 'call');
row(0x11, 'indexes', 'mvp', 'call_indirect');
row(0x12, 'index', 'tail-call', 'return_call');
row(0x13, 'indexes', 'tail-call', 'return_call_indirect');
row(0x14, 'index', 'gc', 'call_ref return_call_ref');
row(0x18, 'label', 'exceptions', 'delegate');
row(0x19, 'none', 'exceptions', 'catch_all');
row(0x1a, 'none', 'mvp', 'drop select');
row(0x1c, 'types', 'reference-types', 'select');
row(0x20, 'index', 'mvp', 'local.get local.set local.tee global.get global.set');
row(0x25, 'index', 'reference-types', 'table.get table.set');
row(
  0x28,
  'memarg',
  'mvp',
  'i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u',
);
row(0x30, 'memarg', 'mvp', typed('i64', 'load8_s load8_u load16_s load16_u load32_s load32_u'));
row(0x36, 'memarg', 'mvp', 'i32.store i64.store f32.store f64.store i32.store8 i32.store16');
row(0x3c, 'memarg', 'mvp', typed('i64', 'store8 store16 store32'));
row(0x3f, 'index', 'mvp', 'memory.size memory.grow');
row(0x41, 'i32', 'mvp', 'i32.const');
row(0x42, 'i64', 'mvp', 'i64.const');
row(0x43, 'f32', 'mvp', 'f32.const');
row(0x44, 'f64', 'mvp', 'f64.const');
row(0x45, 'none', 'mvp', typed('i32', comparisons));
row(0x50, 'none', 'mvp', typed('i64', comparisons));
row(0x5b, 'none', 'mvp', typed('f32', 'eq ne lt gt le ge'));
row(0x61, 'none', 'mvp', typed('f64', 'eq ne lt gt le ge'));
row(0x67, 'none', 'mvp', typed('i32', integers));
row(0x79, 'none', 'mvp', typed('i64', integers));
row(0x8b, 'none', 'mvp', typed('f32', floats));
row(0x99, 'none', 'mvp', typed('f64', floats));
row(0xa7, 'none', 'mvp', typed('i32', 'wrap_i64 trunc_f32_s trunc_f32_u trunc_f64_s trunc_f64_u'));
row(
  0xac,
  'none',
  'mvp',
  typed('i64', 'extend_i32_s extend_i32_u trunc_f32_s trunc_f32_u trunc_f64_s trunc_f64_u'),
);
row(0xb2, 'none', 'mvp', typed('f32', 'convert_i32_s convert_i32_u convert_i64_s convert_i64_u demote_f64'));
row(0xb7, 'none', 'mvp', typed('f64', 'convert_i32_s convert_i32_u convert_i64_s convert_i64_u promote_f32'));
row(0xbc, 'none', 'mvp', 'i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64');
row(0xc0, 'none', 'sign-extension', 'i32.extend8_s i32.extend16_s');
row(0xc2, 'none', 'sign-extension', 'i64.extend8_s i64.extend16_s i64.extend32_s');
row(0xd0, 'index', 'reference-types', 'ref.null');
row(0xd1, 'none', 'reference-types', 'ref.is_null');
row(0xd2, 'index', 'reference-types', 'ref.func');

const truncations = 'trunc_sat_f32_s trunc_sat_f32_u trunc_sat_f64_s trunc_sat_f64_u';
const misc = 0xfc0000;
row(misc, 'none', 'saturating-float-to-int', typed('i32', truncations));
row(misc + 4, 'none', 'saturating-float-to-int', typed('i64', truncations));
row(misc + 8, 'indexes', 'bulk-memory', 'memory.init');
row(misc + 9, 'index', 'bulk-memory', 'data.drop');
row(misc + 10, 'indexes', 'bulk-memory', 'memory.copy');
row(misc + 11, 'index', 'bulk-memory', 'memory.fill');
row(misc + 12, 'indexes', 'bulk-memory', 'table.init');
row(misc + 13, 'index', 'bulk-memory', 'elem.drop');
row(misc + 14, 'indexes', 'bulk-memory', 'table.copy');
row(misc + 15, 'index', 'reference-types', 'table.grow table.size table.fill');

// SIMD (prefix 0xfd): the immediates matter, the names only say what it is.
const simd = 0xfd0000;
for (let sub = 0; sub < 0x100; sub++)
  table.set(simd + sub, { name: 'v128', immediate: 'none', feature: 'simd' });
row(simd, 'memarg', 'simd', 'v128.load');
for (let sub = 1; sub <= 0x0b; sub++)
  row(simd + sub, 'memarg', 'simd', sub === 0x0b ? 'v128.store' : 'v128.load');
row(simd + 0x0c, 'v128', 'simd', 'v128.const i8x16.shuffle');
for (let sub = 0x15; sub <= 0x22; sub++) row(simd + sub, 'lane', 'simd', 'v128.lane');
for (let sub = 0x54; sub <= 0x5b; sub++) row(simd + sub, 'memargLane', 'simd', 'v128.lane');
row(simd + 0x5c, 'memarg', 'simd', 'v128.load32_zero v128.load64_zero');
for (let sub = 0x100; sub < 0x114; sub++) row(simd + sub, 'none', 'relaxed-simd', 'relaxed');

// Threads (prefix 0xfe).
const threads = 0xfe0000;
row(threads, 'memarg', 'threads', 'memory.atomic.notify memory.atomic.wait32 memory.atomic.wait64');
row(threads + 3, 'lane', 'threads', 'atomic.fence');
for (let sub = 0x10; sub <= 0x4e; sub++) row(threads + sub, 'memarg', 'threads', 'atomic');

/** By opcode, prefixes as described above. Undefined when not known. */
export const opcode = (code: number): Opcode | undefined => table.get(code);

/** Whether the byte announces a sub-opcode. */
export const isPrefix = (byte: number): boolean => byte >= 0xfb && byte <= 0xfe;
