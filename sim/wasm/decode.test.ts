import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { analyse } from './analysis.ts';

const bytesOf = (...tail: number[]) => Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...tail);
const withBody = (...body: number[]) =>
  bytesOf(1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, body.length + 4, 1, body.length + 2, 0, ...body, 0x0b);

describe('decode', () => {
  it('reads functions, locals, names and immediates with their offsets', () => {
    const bytes = assemble([
      { export: 'f', params: ['i32'], results: ['i64'], locals: ['i64', 'f32'], body: [['i64.const', -5n]] },
    ]);
    const { module } = analyse(bytes);
    const f = module.functions[0]!;
    expect(f.name).toBe('f');
    expect(f.locals).toEqual(['i32', 'i64', 'f32']);
    expect(f.body.map((i) => [i.name, i.value])).toEqual([
      ['i64.const', -5n],
      ['end', 0],
    ]);
    expect(bytes[f.body[0]!.offset]).toBe(0x42);
    expect(module.memories).toEqual([{ minimum: 1, pageBytes: 65536 }]);
  });

  it('reads the extremes of 32 and 64 bits', () => {
    const values = [0, 63, 64, -64, -65, 2147483647, -2147483648];
    const long = [9223372036854775807n, -9223372036854775808n];
    const body = [...values.map((v) => ['i32.const', v]), ...long.map((v) => ['i64.const', v])];
    const bytes = assemble([{ body: body.flatMap((b) => [b as [string, number], ['drop'] as [string]]) }]);
    const read = analyse(bytes).module.functions[0]!.body.filter((i) => i.name.endsWith('const'));
    expect(read.map((i) => i.value)).toEqual([...values, ...long]);
  });
});

describe('refusals', () => {
  it('ESC501: not a WebAssembly binary', () => {
    expect(() => analyse(new TextEncoder().encode('(module)'))).toThrow(/ESC501.*wat2wasm/);
  });
  it('ESC502: a truncated module', () => {
    const bytes = assemble([{ body: [] }]);
    for (let length = 9; length < bytes.length; length += 3)
      expect(() => analyse(bytes.subarray(0, length))).toThrow(/ESC50[23]|ESC510/);
    expect(() => analyse(bytesOf(1, 4, 1))).toThrow(/ESC502.*byte 11/);
  });
  it('ESC503: a malformed module', () => {
    expect(() => analyse(Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0))).toThrow(/ESC503.*version/);
    expect(() => analyse(bytesOf(99, 0))).toThrow(/ESC503.*section 99/);
    expect(() => analyse(withBody(0x27))).toThrow(/ESC503.*opcode 0x27/);
  });
  it('ESC504: an instruction outside the set, by name and offset', () => {
    expect(() => analyse(withBody(0xfd, 0x0c, ...new Array<number>(16).fill(0), 0x1a))).toThrow(
      /ESC504.*SIMD.*byte 23/,
    );
    expect(() => analyse(withBody(0xfe, 0x03, 0x00))).toThrow(/ESC504.*atomic/);
  });
  it('ESC505: imports', () => {
    const name = [3, 0x65, 0x6e, 0x76, 1, 0x66];
    expect(() => analyse(bytesOf(1, 4, 1, 0x60, 0, 0, 2, name.length + 3, 1, ...name, 0, 0))).toThrow(
      /ESC505.*"env\.f".*--use abort=/,
    );
  });
  it('ESC510: a module that does not validate', () => {
    expect(() => analyse(withBody(0x6a))).toThrow(/ESC510/);
  });
});
