import { describe, expect, it } from 'vitest';
import { floats, makeTensor } from '../../graph/make-tensor.ts';
import { run } from '../testing.ts';

const a = floats([2, 3], [1, 2, 3, 4, 5, 6]);

describe('Gemm', () => {
  it('transposes, scales and adds', () => {
    const b = floats([3, 2], [1, 0, 0, 1, 1, 1]);
    const c = floats([2, 1], [10, 20]);
    expect(run('Gemm', [a, b, c], { attributes: { alpha: 2, beta: 0.5 } })[0]).toEqual(
      floats([2, 2], [13, 15, 30, 32]),
    );
    const turned = floats([2, 3], [1, 0, 1, 0, 1, 1]);
    expect(run('Gemm', [a, turned], { attributes: { transB: 1 } })[0]).toEqual(
      floats([2, 2], [4, 5, 10, 11]),
    );
    expect(run('Gemm', [b, turned], { attributes: { transA: 1, transB: 1 } })[0]).toEqual(
      floats([2, 2], [2, 1, 1, 2]),
    );
  });

  it('before operator set 7 stretches its bias only if told to', () => {
    const b = floats([3, 1], [1, 1, 1]);
    const c = floats([1], [1]);
    expect([...run('Gemm', [a, b, c], { opset: 6, attributes: { broadcast: 1 } })[0]!.data]).toEqual([7, 16]);
    expect(() => run('Gemm', [a, b, c], { opset: 6 })).toThrow(/does not stretch/);
    expect(() => run('Gemm', [a, b], { opset: 6 })).toThrow(/input 2 is missing/);
  });

  it('refuses sizes that do not multiply', () => {
    expect(() => run('Gemm', [a, a])).toThrow(/ESC122 .*rows of 3 by columns of 2/);
  });
});

describe('MatMul', () => {
  it('broadcasts stacks and drops the axes of vectors', () => {
    const stack = floats([2, 1, 2], [1, 2, 3, 4]);
    const matrix = floats([2, 2], [1, 1, 0, 1]);
    expect(run('MatMul', [stack, matrix])[0]).toEqual(floats([2, 1, 2], [1, 3, 3, 7]));
    expect(run('MatMul', [floats([2], [1, 2]), matrix])[0]).toEqual(floats([2], [1, 3]));
    expect(run('MatMul', [floats([2], [1, 2]), floats([2], [3, 4])])[0]).toEqual(floats([], [11]));
  });
});

const einsum = (equation: string, ...inputs: ReturnType<typeof floats>[]) =>
  run('Einsum', inputs, { attributes: { equation } })[0]!;

describe('Einsum', () => {
  it('sums over letters that the output does not name', () => {
    expect(einsum('ij->i', a)).toEqual(floats([2], [6, 15]));
    expect(einsum('ij->ji', a)).toEqual(floats([3, 2], [1, 4, 2, 5, 3, 6]));
    expect(einsum('ij,kj->ik', a, a)).toEqual(floats([2, 2], [14, 32, 32, 77]));
  });

  it('takes diagonals, ellipses and equations without an arrow', () => {
    expect(einsum('ii->i', floats([2, 2], [1, 2, 3, 4]))).toEqual(floats([2], [1, 4]));
    expect(einsum('ii', floats([2, 2], [1, 2, 3, 4]))).toEqual(floats([], [5]));
    expect(einsum('...i->...', a)).toEqual(floats([2], [6, 15]));
    expect(einsum('ba', a)).toEqual(floats([3, 2], [1, 4, 2, 5, 3, 6]));
  });

  it('refuses sizes that differ and unknown letters', () => {
    expect(() => einsum('ij,jk->ik', a, a)).toThrow(/sizes of "j" differ/);
    expect(() => einsum('ij->ik', a)).toThrow(/output "ik" is not understood/);
  });
});

const dot = (p: Float64Array, q: Float64Array) => p.reduce((sum, v, i) => sum + v * q[i]!, 0);

describe('Conv', () => {
  const x = floats([1, 2, 4], [1, 2, 3, 4, 10, 20, 30, 40]);
  it('slides over time with stride, dilation, padding and bias', () => {
    const w = floats([1, 2, 2], [1, -1, 0, 1]);
    expect([...run('Conv', [x, w, floats([1], [100])])[0]!.data]).toEqual([119, 129, 139]);
    expect([...run('Conv', [x, w], { attributes: { strides: [2], pads: [1, 0] } })[0]!.data]).toEqual([
      9, 29,
    ]);
    expect([...run('Conv', [x, w], { attributes: { dilations: [2] } })[0]!.data]).toEqual([28, 38]);
  });

  it('keeps groups apart', () => {
    const w = floats([2, 1, 1], [2, 3]);
    expect([...run('Conv', [x, w], { attributes: { group: 2 } })[0]!.data]).toEqual([
      2, 4, 6, 8, 30, 60, 90, 120,
    ]);
    expect(() => run('Conv', [x, w])).toThrow(/2 channels in 1 groups/);
  });

  it('SAME padding puts the odd one behind (UPPER) or in front (LOWER)', () => {
    const ones = floats([1, 1, 2], [1, 1]);
    const line = floats([1, 1, 3], [1, 2, 3]);
    const same = (auto: string) => [
      ...run('Conv', [line, ones], { attributes: { auto_pad: auto } })[0]!.data,
    ];
    expect(same('SAME_UPPER')).toEqual([3, 5, 3]);
    expect(same('SAME_LOWER')).toEqual([1, 3, 5]);
  });

  it('ConvTranspose is its transpose: <Conv x, y> = <x, ConvTranspose y>', () => {
    const w = floats([1, 2, 2], [1, -1, 0, 1]);
    const y = floats([1, 1, 3], [5, -2, 7]);
    const forward = run('Conv', [x, w])[0]!;
    const back = run('ConvTranspose', [y, w])[0]!;
    expect(dot(forward.data, y.data)).toBe(dot(x.data, back.data));
  });
});

const u8 = (shape: number[], values: number[]) => makeTensor('uint8', shape, values);

describe('integer products', () => {
  it('take zero points off by row and by column', () => {
    const [x, w] = [u8([2, 2], [1, 2, 3, 4]), u8([2, 2], [5, 6, 7, 8])];
    const y = run('MatMulInteger', [x, w, u8([2], [1, 3]), u8([2], [5, 6])])[0];
    // [[0, 1], [0, 1]] times [[0, 0], [2, 2]]
    expect(y).toEqual(makeTensor('int32', [2, 2], [2, 2, 2, 2]));
  });

  it('refuse a zero point of another type', () => {
    const x = makeTensor('uint8', [1, 1], [1]);
    expect(() => run('MatMulInteger', [x, x, makeTensor('int8', [], [0])])).toThrow(
      /zero point is int8 beside uint8/,
    );
  });
});

describe('Attention', () => {
  const q = floats([1, 1, 2, 1], [1, 1]);
  const k = floats([1, 1, 2, 1], [0, Math.log(3)]);
  const v = floats([1, 1, 2, 1], [4, 8]);
  it('weighs values by the softmax of the scores', () => {
    const [y] = run('Attention', [q, k, v], { opset: 23 });
    [7, 7].forEach((value, i) => expect(y!.data[i]).toBeCloseTo(value, 5));
  });

  it('a causal mask hides later keys, counted behind the past', () => {
    const causal = { opset: 24, attributes: { is_causal: 1 } };
    expect(run('Attention', [q, k, v], causal)[0]!.data[0]).toBe(4);
    const [y] = run('Attention', [q, k, v, undefined, k, v], { ...causal, outputs: 4 });
    // The first query sees keys 0, log 3, 0 with values 4, 8, 4.
    expect(y!.data[0]).toBeCloseTo((4 + 3 * 8 + 4) / 5, 5);
  });

  it('refuses what ONNX versions read differently', () => {
    const mask = makeTensor('bool', [2, 2], [0, 0, 1, 1]);
    expect(() => run('Attention', [q, k, v, mask], { opset: 23 })).toThrow(/sees no key .*1\.22 and 1\.23/);
  });
});
