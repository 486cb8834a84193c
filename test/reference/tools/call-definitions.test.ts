/** How the host's C calls a kernel, and what it prints of the answer. */
import { describe, expect, it } from 'vitest';
import { callDefinitions, lowWordOf } from './call-definitions.ts';

// As wasm2c 1.0.32 declares them: it spells what C's names cannot hold.
const header = `
/* export: '_initialize' */
void Z_kZ__initialize(Z_k_instance_t*);

/* export: 'mix Z-1' */
f64 Z_kZ_mixZ20Z5AZ2D1(Z_k_instance_t*, f64, u64, f32, u32);
`;
const once = (args: Parameters<typeof callDefinitions>[0]) => callDefinitions(args, () => header);

describe('callDefinitions', () => {
  it('names the entry of a kernel that counts or repeats without reading the header', () => {
    const nothing = () => {
      throw new Error('read');
    };
    expect(callDefinitions({ entry: 'run', takesCount: true }, nothing)).toEqual(['-DCALL_WITH=Z_kZ_run']);
    expect(callDefinitions({ entry: 'infer', takesCount: false }, nothing)).toEqual(['-DCALL=Z_kZ_infer']);
  });

  it('writes words by their bits', () => {
    const args = [
      { type: 'f64' as const, value: -0 },
      { type: 'i64' as const, value: -3n },
      { type: 'f32' as const, value: 0.5 },
      { type: 'i32' as const, value: -1 },
    ];
    expect(
      once({ entry: 'mix Z-1', takesCount: false, call: { args, result: 'f64', initialised: true } }),
    ).toEqual([
      '-DAPART',
      '-DCALL(instance)=low_of_f64(Z_kZ_mixZ20Z5AZ2D1(instance, f64_of(9223372036854775808ull), 18446744073709551613ull, f32_of(1056964608u), 4294967295u))',
      '-DBEFORE=Z_kZ__initialize',
    ]);
  });

  it('says which export the header lacks', () => {
    const call = { args: [], result: null, initialised: false };
    expect(() => once({ entry: 'run', takesCount: false, call })).toThrow(
      'does not declare the export "run"',
    );
  });
});

describe('lowWordOf', () => {
  it.each([
    [-1, 'i32', -1],
    [0x1_2345_6789n, 'i64', 0x2345_6789],
    [1, 'f32', 0x3f80_0000],
    [-2.5, 'f64', 0],
    [Math.PI, 'f64', 0x5444_2d18],
    [undefined, null, 0],
  ] as const)('of %s as %s is %s', (value, type, low) => {
    expect(lowWordOf(value, type)).toBe(low);
  });
});
