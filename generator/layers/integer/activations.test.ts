/** assembly/activations.ts against its twin: every value near the curve, and the ends of what it takes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { compileAssemblyScript } from '../../compile/assemblyscript.ts';
import { tanhBlock, tanhTable } from '../../quantize/tables.ts';
import { tanhQ15 } from './activations.ts';

const TABLE = 64;
const source = `
import { tanhNear, tanhQ15 } from "./assembly/activations";
export function tanh(z: i32): i32 { return tanhQ15(z, ${TABLE}); }
export function near16(z: i32): i32 { return tanhNear(z, 16, ${TABLE}); }
export function near15(z: i32): i32 { return tanhNear(z, 15, ${TABLE}); }
`;

type Of = (z: number) => number;
let kernel: Record<'tanh' | 'near16' | 'near15', Of> & { memory: WebAssembly.Memory };

beforeAll(async () => {
  const wasm = await compileAssemblyScript('activations', source, { pages: 1 });
  kernel = new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports as unknown as typeof kernel;
  new Int16Array(kernel.memory.buffer, TABLE, tanhBlock.length).set(tanhBlock.data as Int16Array);
});

/** The first value where two functions differ. */
function firstDifference(a: Of, b: Of, from: number, to: number, step = 1): string {
  for (let z = from; z <= to; z += step) if (a(z) !== b(z)) return `${z}: ${a(z)} ${b(z)}`;
  return 'none';
}

const twin: Of = (z) => tanhQ15(z, tanhTable);

describe('tanhQ15', () => {
  it('gives the bits of its twin from -16 to 16', () =>
    expect(firstDifference(kernel.tanh, twin, -(2 ** 20), 2 ** 20)).toBe('none'));

  it('holds its ends up to those of 32 bits', () => {
    expect(firstDifference(kernel.tanh, twin, -(2 ** 31), 2 ** 31 - 2 ** 19 - 1, 65537)).toBe('none');
    expect([-(2 ** 31), -(2 ** 20), 2 ** 20, 2 ** 31 - 2 ** 19 - 1].map(kernel.tanh)).toEqual([
      -32767, -32767, 32767, 32767,
    ]);
  });
});

describe('tanhNear', () => {
  it('gives the same up to 5 without a clamp', () =>
    expect(firstDifference(kernel.near16, twin, -5 * 65536, 5 * 65536)).toBe('none'));

  it('takes an int16 in Q15 as it is', () =>
    expect(firstDifference(kernel.near15, (x) => twin(2 * x), -32768, 32767)).toBe('none'));
});

describe('the table of a kernel', () => {
  it('leaves out only chords that are flat', () => {
    const chords = tanhBlock.data as Int16Array;
    const [first, last] = [76, 76 + chords.length / 2 - 1];
    for (let k = 0; k < tanhTable.length - 1; k++) {
      const [low, rise] = [tanhTable[k]!, tanhTable[k + 1]! - tanhTable[k]!];
      if (k >= first && k <= last)
        expect([chords[2 * (k - first)], chords[2 * (k - first) + 1]]).toEqual([low, rise]);
      else expect([Math.abs(low), rise]).toEqual([32767, 0]);
    }
  });
});
