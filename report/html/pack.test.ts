import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from './pack.ts';

const round = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(5)));
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, item: unknown) => (typeof item === 'number' ? round(item) : item));

describe('pack', () => {
  it('gives the value back, with five digits of what is no integer', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const through = JSON.parse(JSON.stringify(pack(value))) as ReturnType<typeof pack>;
        expect(JSON.parse(JSON.stringify(unpack(through)))).toEqual(rounded(value));
      }),
    );
  });

  it('writes what repeats once', () => {
    const item = { name: 'kernel code', source: 'size of the code section', bytes: 9400 };
    const packed = pack([{ items: [item, 1] }, { items: [{ ...item }, 2] }, { items: [{ ...item }, 3] }]);
    expect(packed.shared.length).toBe(1);
    expect(JSON.stringify(packed).split('9400').length).toBe(2);
  });

  it('leaves absent members out', () => {
    expect(unpack(pack({ a: 1, b: undefined }))).toEqual({ a: 1 });
  });
});
