import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { floats } from '../../graph/make-tensor.ts';
import { run } from '../testing.ts';

const close = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 4));
};
const two = (a: number, b: number) => floats([2], [a, b]);

describe('BatchNormalization', () => {
  const x = floats([1, 2, 2], [1, 3, 10, 30]);
  const parameters = [two(1, 2), two(0, 5), two(1, 20), two(4, 100)];
  const exact = { attributes: { epsilon: 0 } };
  it('uses the given statistics at inference', () => {
    close(run('BatchNormalization', [x, ...parameters], exact)[0]!.data, [0, 1, 3, 7]);
  });

  it('uses those of the batch in training, and moves the running ones', () => {
    const attributes = { epsilon: 0, training_mode: 1, momentum: 0.75 };
    const [y, mean, variance] = run('BatchNormalization', [x, ...parameters], {
      attributes,
      outputs: 3,
      opset: 15,
    });
    close(y!.data, [-1, 1, 3, 7]);
    close(mean!.data, [1.25, 20]);
    close(variance!.data, [3.25, 100]);
  });

  it('refuses the training modes of old operator sets', () => {
    expect(() => run('BatchNormalization', [x, ...parameters], { opset: 6 })).toThrow(/training mode/);
    const spatial = { opset: 7, attributes: { spatial: 0 } };
    expect(() => run('BatchNormalization', [x, ...parameters], spatial)).toThrow(/not spatial/);
    close(
      run('BatchNormalization', [x, ...parameters], { opset: 6, attributes: { is_test: 1, epsilon: 0 } })[0]!
        .data,
      [0, 1, 3, 7],
    );
  });
});

describe('LayerNormalization', () => {
  it('gives rows of mean 0 and variance 1, whatever their scale and offset', () => {
    const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.5, max: 9, noNaN: true }), (row, factor) => {
        const spread = Math.max(...row) - Math.min(...row);
        fc.pre(spread > 0.5);
        const ones = floats([4], [1, 1, 1, 1]);
        const norm = (list: number[]) =>
          run('LayerNormalization', [floats([1, 4], list), ones], { attributes: { epsilon: 0 } })[0]!;
        const y = norm(row);
        expect(y.data.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 4);
        expect(y.data.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(4, 3);
        norm(row.map((v) => factor * v + 3)).data.forEach((v, i) => expect(v).toBeCloseTo(y.data[i]!, 3));
      }),
    );
  });

  it('yields mean and inverse deviation, scale and bias by position', () => {
    const outputs = run('LayerNormalization', [floats([1, 2], [1, 5]), two(1, 2), two(10, 20)], {
      attributes: { epsilon: 0 },
      outputs: 3,
    });
    close(outputs[0]!.data, [9, 22]);
    close(outputs[1]!.data, [3]);
    close(outputs[2]!.data, [0.5]);
  });
});

const four = (list: number[]) => floats([4], list);

it('GroupNormalization takes scales by group before operator set 21, by channel after', () => {
  const x = floats([1, 4, 1], [1, 3, 10, 30]);
  const attributes = { num_groups: 2, epsilon: 0 };
  close(
    run('GroupNormalization', [x, two(1, 2), two(0, 0)], { opset: 18, attributes })[0]!.data,
    [-1, 1, -2, 2],
  );
  close(
    run('GroupNormalization', [x, four([1, 2, 3, 4]), four([0, 0, 0, 1])], { opset: 21, attributes })[0]!
      .data,
    [-1, 2, -3, 5],
  );
});

it('the other norms', () => {
  close(
    run('InstanceNormalization', [floats([1, 1, 2], [1, 5]), floats([1], [3]), floats([1], [1])], {
      attributes: { epsilon: 0 },
    })[0]!.data,
    [-2, 4],
  );
  close(
    run('RMSNormalization', [floats([1, 2], [3, 4]), two(1, 1)], {
      attributes: { epsilon: 0 },
      opset: 23,
    })[0]!.data,
    [3 / Math.sqrt(12.5), 4 / Math.sqrt(12.5)],
  );
  close(run('LpNormalization', [floats([2, 2], [3, 4, 0, 0])])[0]!.data, [0.6, 0.8, 0, 0]);
  close(run('LpNormalization', [floats([1, 2], [1, -3])], { attributes: { p: 1 } })[0]!.data, [0.25, -0.75]);
  close(
    run('MeanVarianceNormalization', [floats([1, 2], [1, 5])], { attributes: { axes: [1] } })[0]!.data,
    [-1, 1],
  );
  // size 3 around the middle channel: 1 + 1/3 (1 + 4 + 9), to the power of 1
  const lrn = run('LRN', [floats([1, 3], [1, 2, 3])], {
    attributes: { size: 3, alpha: 1, beta: 1, bias: 1 },
  })[0]!;
  expect(lrn.data[1]).toBeCloseTo(2 / (1 + 14 / 3), 6);
});
