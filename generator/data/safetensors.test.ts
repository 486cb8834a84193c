import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../common/refusals/index.ts';
import { elementCodecs } from './element-codec.ts';
import {
  parseSafetensors,
  readSafetensors,
  readSafetensorsFile,
  requireTensor,
  writeSafetensors,
  type SafeTensor,
  type SafetensorsType,
} from './safetensors.ts';

/** A file built by hand after the format's description, independent of the writer. */
function file(header: unknown, data: number[] = [], headerLength?: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength ?? json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const tensor = (dtype: SafetensorsType, shape: number[], values: number[]): SafeTensor => ({
  dtype,
  shape,
  data: Float64Array.from(values),
});

/** Tensor b somewhere behind the two bytes of tensor a. */
const two = (begin: number, end: number) => ({
  a: { dtype: 'U8', shape: [2], data_offsets: [0, 2] },
  b: { dtype: 'U8', shape: [2], data_offsets: [begin, end] },
});

/** Reads everything: whatever the bytes, only a refusal may come of it. */
const readAll = (bytes: Uint8Array) => {
  try {
    for (const { data, shape } of readSafetensors(bytes, 'f').values())
      expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
  }
};

const write = (t: SafeTensor) => () => writeSafetensors(new Map([['t', t]]));

describe('readSafetensors', () => {
  it.each([
    ['F32', [0, 0, 192, 63, 0, 0, 0, 192], [1.5, -2]],
    ['F64', [0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 4, 192], [1, -2.5]],
    ['F16', [0, 60, 0, 192], [1, -2]],
    ['I64', [1, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255], [1, -1]],
    ['I32', [0, 1, 0, 0, 254, 255, 255, 255], [256, -2]],
    ['I16', [0, 1, 255, 127], [256, 32767]],
    ['I8', [127, 128], [127, -128]],
    ['U8', [127, 128], [127, 128]],
  ])('decodes %s', (dtype, bytes, values) => {
    const tensors = readSafetensors(
      file({ t: { dtype, shape: [2], data_offsets: [0, bytes.length] } }, bytes),
      'w',
    );
    expect([...tensors.get('t')!.data]).toEqual(values);
    expect(tensors.get('t')!.shape).toEqual([2]);
  });

  it('reads metadata, scalars, empty tensors and bytes at an odd offset of a larger buffer', () => {
    const header = {
      __metadata__: { x: 'windows' },
      scalar: { dtype: 'U8', shape: [], data_offsets: [0, 1] },
      none: { dtype: 'F32', shape: [0, 4], data_offsets: [1, 1] },
    };
    const whole = file(header, [7]);
    const shifted = new Uint8Array(whole.length + 3);
    shifted.set(whole, 3);
    const { tensors, metadata } = parseSafetensors(shifted.subarray(3), 'w');
    expect(metadata).toEqual({ x: 'windows' });
    expect([...tensors.get('scalar')!.data]).toEqual([7]);
    expect(tensors.get('none')!.data.length).toBe(0);
  });

  it.each([
    ['an empty file', new Uint8Array(), 'ESC250 w.safetensors', 'needs 8'],
    ['a header beyond the file', file({}, [], 100), 'ESC250', 'ends beyond the file'],
    ['a header length of 2^63', file({}, [], 2 ** 63), 'ESC250', 'ends beyond the file'],
    ['a header that is not JSON', file('{"a":'), 'ESC250', 'not JSON'],
    ['a header that is a list', file([]), 'ESC250', 'not a JSON object'],
    ['an entry that is a number', file({ a: 3 }), 'ESC250', 'the header entry "a" is not an object'],
    ['an entry without offsets', file({ a: { dtype: 'U8', shape: [1] } }), 'ESC250', '"a" lacks'],
    [
      'a negative size',
      file({ a: { dtype: 'U8', shape: [-1], data_offsets: [0, 0] } }),
      'ESC250',
      '"a" lacks',
    ],
    ['metadata that is no text', file({ __metadata__: { a: 1 } }), 'ESC250', 'metadata'],
    ['bytes behind the last tensor', file({}, [1, 2]), 'ESC250', '2 bytes behind'],
    [
      'another element type',
      file({ a: { dtype: 'BF16', shape: [1], data_offsets: [0, 2] } }, [0, 0]),
      'ESC251',
      'BF16',
    ],
    ['overlap', file(two(1, 3), [1, 2, 3]), 'ESC252', 'tensor "b" begins at byte 1, inside'],
    ['a gap', file(two(3, 5), [1, 2, 3, 4, 5]), 'ESC252', 'bytes 2 to 3 belong to none'],
    [
      'an end beyond the data',
      file(two(2, 4), [1, 2, 3]),
      'ESC252',
      'tensor "b" ends at byte 4, but the file has 3',
    ],
    ['an end before the beginning', file(two(4, 2), [1, 2, 3, 4]), 'ESC252', 'before it begins'],
    [
      'a wrong size',
      file(two(2, 5), [1, 2, 3, 4, 5]),
      'ESC252',
      'has 3 bytes where its shape [2] of U8 needs 2',
    ],
  ])('refuses %s', (_, bytes, code, text) => {
    const read = () => readSafetensors(bytes, 'w.safetensors');
    expect(read).toThrow(Refusal);
    expect(read).toThrow(code);
    expect(read).toThrow(text);
  });

  it('refuses an integer beyond 2^53 when it is read', () => {
    const bytes = file({ y: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } }, [1, 0, 0, 0, 0, 0, 32, 0]);
    const y = readSafetensors(bytes, 'w').get('y')!;
    expect(() => y.data).toThrow(/ESC253 w: tensor "y" holds 9007199254740993 at element 0/);
  });

  it('refuses a missing file and a missing tensor, and names what is meant', () => {
    expect(() => readSafetensorsFile('/nowhere/w.safetensors')).toThrow(/ESC250 .*cannot be opened/);
    const tensors = readSafetensors(file({ x_test: { dtype: 'U8', shape: [0], data_offsets: [0, 0] } }), 'w');
    expect(requireTensor(tensors, 'x_test', 'w').shape).toEqual([0]);
    expect(() => requireTensor(tensors, 'x_tets', 'w')).toThrow(
      /ESC254 w has no tensor "x_tets" \(it has x_test\)\. Did you mean x_test\?/,
    );
  });

  it('answers any damage with a refusal or with tensors, never with another error', () => {
    const good = writeSafetensors(
      new Map([
        ['x', tensor('F32', [2, 3], [1, 2, 3, 4, 5, 6])],
        ['y', tensor('I64', [2], [0, 1])],
      ]),
      { note: 'fuzz' },
    );
    const edits = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 4 });
    fc.assert(
      fc.property(fc.nat(good.length), edits, (length, changes) => {
        const bytes = good.slice();
        for (const [at, value] of changes) bytes[at] = value;
        readAll(bytes.subarray(0, length));
        readAll(bytes);
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), readAll));
    fc.assert(fc.property(fc.json(), (json) => readAll(file(json))));
  });
});

describe('writeSafetensors', () => {
  const types = Object.keys(elementCodecs) as SafetensorsType[];
  const valuesOf: Record<SafetensorsType, fc.Arbitrary<number>> = {
    F64: fc.double(),
    F32: fc.float(),
    F16: fc.integer({ min: -2048, max: 2048 }),
    I64: fc.maxSafeInteger(),
    I32: fc.integer(),
    I16: fc.integer({ min: -32768, max: 32767 }),
    I8: fc.integer({ min: -128, max: 127 }),
    U8: fc.nat(255),
  };
  const anyTensor = fc
    .constantFrom(...types)
    .chain((dtype) =>
      fc
        .tuple(fc.nat(3), fc.nat(3))
        .chain(([rows, columns]) =>
          fc
            .array(valuesOf[dtype], { minLength: rows * columns, maxLength: rows * columns })
            .map((values) => tensor(dtype, [rows, columns], values)),
        ),
    );
  const anyName = fc.string().filter((name) => name !== '__metadata__');

  it('is read back value by value, and the order of the map does not matter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyName, anyTensor), { maxLength: 5 }),
        fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
        (entries, metadata) => {
          const tensors = new Map(entries);
          const bytes = writeSafetensors(tensors, metadata);
          const read = parseSafetensors(bytes, 'f');
          expect(read.metadata).toEqual({ ...metadata });
          expect(read.tensors.size).toBe(tensors.size);
          for (const [name, { dtype, shape, data }] of tensors) {
            const back = read.tensors.get(name)!;
            expect({ dtype: back.dtype, shape: back.shape }).toEqual({ dtype, shape });
            expect(back.data).toEqual(data);
          }
          expect(writeSafetensors(new Map([...tensors].toReversed()), metadata)).toEqual(bytes);
        },
      ),
    );
  });

  it('aligns the data and puts wide types first', () => {
    const bytes = writeSafetensors(
      new Map([
        ['a', tensor('U8', [1], [1])],
        ['b', tensor('F64', [1], [2])],
      ]),
    );
    const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerLength % 8).toBe(0);
    expect(bytes.length).toBe(8 + headerLength + 9);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)).trimEnd()).toBe(
      '{"b":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[1],"data_offsets":[8,9]}}',
    );
  });

  it('throws where a value or a shape cannot be stored', () => {
    expect(write(tensor('I8', [1], [128]))).toThrow(RangeError);
    expect(write(tensor('U8', [1], [-1]))).toThrow(RangeError);
    expect(write(tensor('I32', [1], [0.5]))).toThrow(RangeError);
    expect(write(tensor('F32', [2], [1]))).toThrow(RangeError);
    expect(() => writeSafetensors(new Map([['__metadata__', tensor('U8', [0], [])]]))).toThrow(RangeError);
  });
});
