import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { makeTensor } from '../graph/make-tensor.ts';
import type { ElementType } from '../graph/tensor.ts';
import { dataTypeOf } from './element-type.ts';
import { fromFloat16, roundToFloat16, toFloat16 } from './float16.ts';
import { TensorType } from './schema.ts';
import { decodeTensor } from './tensor-proto.ts';
import { writeTensor } from './write.ts';

const decode = (message: object) => decodeTensor(TensorType.encode(TensorType.fromObject(message)).finish());

describe('decodeTensor', () => {
  const samples: [ElementType, number[]][] = [
    ['float32', [1.5, -2.25, Infinity, 2 ** -149]],
    ['float64', [Math.PI, -1e300, 0, 5]],
    ['float16', [1.5, -65504, 2 ** -24, 0]],
    ['int8', [-128, 127, 0, -1]],
    ['uint8', [255, 0, 1, 128]],
    ['int16', [-32768, 32767, 0, -1]],
    ['uint16', [65535, 0, 1, 2]],
    ['int32', [-(2 ** 31), 2 ** 31 - 1, 0, -1]],
    ['uint32', [2 ** 32 - 1, 0, 1, 2]],
    ['int64', [-(2 ** 53) + 1, 2 ** 53 - 1, Infinity, -Infinity]],
    ['uint64', [2 ** 53 - 1, 0, 1, 2]],
    ['bool', [1, 0, 1, 1]],
  ];
  it.each(samples)('reads %s from raw bytes', (type, values) => {
    const tensor = makeTensor(type, [2, 2], values);
    expect(decodeTensor(writeTensor('t', tensor))).toEqual({ name: 't', tensor });
  });

  const typed: [ElementType, object, number[]][] = [
    ['float32', { floatData: [1.5, -2] }, [1.5, -2]],
    ['float64', { doubleData: [1e300, -2] }, [1e300, -2]],
    ['float16', { int32Data: [0x3e00, 0xc000] }, [1.5, -2]],
    ['int8', { int32Data: [-128, 5] }, [-128, 5]],
    ['uint8', { int32Data: [255, 5] }, [255, 5]],
    ['int32', { int32Data: [-(2 ** 31), 5] }, [-(2 ** 31), 5]],
    ['bool', { int32Data: [1, 0] }, [1, 0]],
    ['int64', { int64Data: [-(2 ** 53) + 1, 5] }, [-(2 ** 53) + 1, 5]],
    ['uint32', { uint64Data: [2 ** 32 - 1, 5] }, [2 ** 32 - 1, 5]],
    ['uint64', { uint64Data: [2 ** 53 - 1, 5] }, [2 ** 53 - 1, 5]],
  ];
  it.each(typed)('reads %s from its typed field', (type, field, values) => {
    const { tensor } = decode({ dims: [2], dataType: dataTypeOf(type), ...field });
    expect([tensor.type, ...tensor.data]).toEqual([type, ...values]);
  });

  it('reads strings, scalars and empty tensors', () => {
    const stringData = ['ab', 'ü'].map((text) => new TextEncoder().encode(text));
    expect(decode({ dims: [2], dataType: 8, stringData }).tensor.strings).toEqual(['ab', 'ü']);
    expect(decode({ dataType: 1, floatData: [3] }).tensor.shape).toEqual([]);
    expect(decode({ dims: [0], dataType: 1 }).tensor.data).toHaveLength(0);
  });

  it('refuses integers that float64 cannot hold', () => {
    expect(() => decode({ dims: [1], dataType: 7, name: 'n', int64Data: ['9007199254740993'] })).toThrow(
      /^ESC105 Tensor "n" in tensor holds the integer 9007199254740993, .*2\^53/,
    );
  });

  it('refuses counts that do not fill the shape', () => {
    expect(() => decode({ dims: [3], dataType: 1, name: 'n', floatData: [1] })).toThrow(
      /^ESC104 .*1 values instead of 3/,
    );
  });
});

describe('float16', () => {
  it('every bit pattern survives the way to float64 and back', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = fromFloat16(bits);
      if (Number.isNaN(value)) continue;
      expect(toFloat16(value)).toBe(bits);
    }
  });

  it('rounds to the nearest of its neighbours', () => {
    fc.assert(
      fc.property(fc.double({ min: -70000, max: 70000, noNaN: true }), (value) => {
        const rounded = roundToFloat16(value);
        if (Math.abs(value) >= 65520) return Math.abs(rounded) === Infinity;
        const bits = toFloat16(value);
        const neighbours = [bits - 1, bits + 1].map((b) => fromFloat16(b & 0xffff)).filter(Number.isFinite);
        return neighbours.every((n) => Math.abs(value - rounded) <= Math.abs(value - n));
      }),
    );
  });

  it('breaks ties to even', () => {
    expect([1 + 2 ** -11, 1 + 3 * 2 ** -11, 65520, 2 ** -25].map(roundToFloat16)).toEqual([
      1,
      1 + 2 ** -9,
      Infinity,
      0,
    ]);
  });
});
