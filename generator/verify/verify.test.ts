import { describe, expect, it } from 'vitest';
import type { SafeTensor } from '../data/safetensors.ts';
import type { Evaluation } from '../pipeline/pipeline.ts';
import { evaluationData } from './evaluation-data.ts';
import { enrolMvn, mvnDistance } from './mvn.ts';
import { compareDecisions, compareVerification, type FixedVerifier } from './verify.ts';

const tensor = (shape: number[], values: number[]): SafeTensor => ({
  dtype: 'F32',
  shape,
  data: Float64Array.from(values),
});

const identification: Evaluation = {
  kind: 'identification',
  file: 'w.safetensors',
  x: 'x',
  labels: 'y',
  floatOutput: 'logits',
};
const identificationTensors = () =>
  new Map([
    ['x', tensor([4, 2, 1], [0, 1, 2, 3, 4, 5, 6, 7])],
    ['y', tensor([4], [0, 0, 1, 1])],
    ['logits', tensor([4, 2], [2, 0, 1, 0, 0, 2, 1, 0])],
  ]);

const verification: Evaluation = {
  kind: 'verification',
  file: 'w.safetensors',
  xEnrol: 'xe',
  userEnrol: 'ue',
  xTest: 'xt',
  userTest: 'ut',
  floatOutputEnrol: 'fe',
  floatOutput: 'ft',
};
/** One input and one feature, and the feature is the input: users 7 and 9 around 0 and 10, sigma 1. */
const verificationTensors = () =>
  new Map([
    ['xe', tensor([4, 1], [-1, 1, 9, 11])],
    ['ue', tensor([4], [7, 7, 9, 9])],
    ['xt', tensor([4, 1], [0.5, 3, 10, 4])],
    ['ut', tensor([4], [7, 7, 9, 9])],
    ['fe', tensor([4, 1], [-1, 1, 9, 11])],
    ['ft', tensor([4, 1], [0.5, 3, 10, 4])],
  ]);

/** A verifier that computes in float what a kernel computes in integers, with a fault to be found. */
function verifier(threshold: number, shift = 0): FixedVerifier {
  let enrolled: Float64Array[] = [];
  return {
    reset: () => (enrolled = []),
    enrol: (window) => enrolled.push(window),
    decide: (window) => {
      const distance = mvnDistance(window, enrolMvn(enrolled, 0)) + shift;
      return { accepted: distance <= threshold, distance };
    },
  };
}

describe('compareDecisions, identification', () => {
  const data = evaluationData(identificationTensors(), identification, { steps: 2, features: 1, outputs: 2 });

  it('hands over each window and compares the decisions', () => {
    const seen: number[][] = [];
    const fixedOutputs = [
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 0],
    ];
    const result = compareDecisions(data, {
      runModel: (window) => {
        seen.push([...window]);
        return Float64Array.from(fixedOutputs[seen.length - 1]);
      },
    });
    expect(seen).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
      [6, 7],
    ]);
    expect(result).toMatchObject({ kind: 'identification', windows: 4, trials: 4, agreement: 3 / 4 });
    expect(result.float).toMatchObject({ accuracy: 3 / 4, far: 1 / 4, frr: 1 / 4 });
    expect(result.fixed).toMatchObject({ accuracy: 1 / 2, far: 1 / 2, frr: 1 / 2 });
  });

  it('finds no difference between a model and itself', () => {
    let i = 0;
    const rows = data.kind === 'identification' ? data.floatOutputs : [];
    const result = compareDecisions(data, { runModel: () => rows[i++] });
    expect(result.agreement).toBe(1);
    expect(result.fixed).toEqual(result.float);
  });

  it('takes probabilities as scores', () => {
    // As logits the scores of the last window would be log softmax of (0.6, 0.4).
    const rows = [
      [0.9, 0.1],
      [0.2, 0.8],
      [0.3, 0.7],
      [0.6, 0.4],
    ];
    let i = 0;
    const run = () => Float64Array.from(rows[i++ % 4]);
    const { fixed } = compareDecisions(data, { runModel: run, outputs: 'probabilities' });
    // Genuine 0.9 0.2 0.7 0.4, impostor 0.1 0.8 0.3 0.6: at 0.6 half of the impostors and half of the genuine.
    expect(fixed.eer).toBe(0.5);
  });

  it('throws when the kernel side is missing or broken: faults of the caller, not of the user', () => {
    expect(() => compareDecisions(data, {})).toThrow('needs runModel');
    expect(() => compareDecisions(data, { runModel: () => Float64Array.of(NaN, 0) })).toThrow(
      'kernel gave NaN',
    );
  });
});

describe('compareDecisions, verification', () => {
  const data = evaluationData(verificationTensors(), verification, { steps: 1, features: 1, outputs: 1 });
  const decision = { threshold: 4, epsilon: 0 };

  it('meets every enrolled user with every test window', () => {
    const result = compareDecisions(data, { verifier: verifier(4) }, decision);
    expect(result).toMatchObject({ kind: 'verification', windows: 4, trials: 8, agreement: 1 });
    // User 7 (mu 0): distances 0.5 3 | 10 4 -> one false acceptance. User 9 (mu 10): 9.5 7 | 0 6 -> one false rejection.
    expect(result.float).toMatchObject({ accuracy: 6 / 8, far: 1 / 4, frr: 1 / 4 });
    expect(result.fixed).toEqual(result.float);
  });

  it('counts every trial that the fixed side decides otherwise', () => {
    const { agreement, fixed } = compareDecisions(data, { verifier: verifier(4, 1.5) }, decision);
    expect(agreement).toBe(6 / 8);
    expect(fixed).toMatchObject({ accuracy: 6 / 8, far: 0, frr: 2 / 4 });
  });

  it('adds epsilon to the float sigma', () => {
    if (data.kind !== 'verification') throw new Error('unreachable');
    const strict = compareVerification(data, verifier(4), { threshold: 2.9, epsilon: 0 });
    const wide = compareVerification(data, verifier(4), { threshold: 2.9, epsilon: 0.1 });
    expect(strict.float.frr).toBe(2 / 4);
    expect(wide.float.frr).toBe(1 / 4);
  });

  it('throws without a verifier or a threshold', () => {
    expect(() => compareDecisions(data, {}, decision)).toThrow('needs a verifier');
    expect(() => compareDecisions(data, { verifier: verifier(4) })).toThrow('and a decision');
  });
});

describe('evaluationData', () => {
  const read =
    (change: (tensors: Map<string, SafeTensor>) => void, size = { steps: 2, features: 1, outputs: 2 }) =>
    () => {
      const tensors = identificationTensors();
      change(tensors);
      return evaluationData(tensors, identification, size);
    };
  it.each([
    [
      'a missing tensor',
      read((t) => t.delete('y')),
      'ESC254 w.safetensors has no tensor "y" (it has x, logits)',
    ],
    [
      'labels of other windows',
      read((t) => t.set('y', tensor([3], [0, 0, 1]))),
      'ESC280 w.safetensors: tensor "y" has the shape [3] where 4 windows, as in "x", is needed',
    ],
    [
      'outputs of other windows',
      read((t) => t.set('logits', tensor([1, 2], [0, 1]))),
      'ESC280 w.safetensors: tensor "logits"',
    ],
    [
      'windows of another length',
      read(() => {}, { steps: 3, features: 1, outputs: 2 }),
      'ESC280 w.safetensors: tensor "x" has the shape [4, 2, 1] where [windows, 3 steps, 1 values]',
    ],
    [
      'outputs of another width',
      read(() => {}, { steps: 2, features: 1, outputs: 4 }),
      'ESC280 w.safetensors: tensor "logits"',
    ],
    [
      'no windows',
      read((t) => t.set('x', tensor([0, 2, 1], []))),
      'ESC280 w.safetensors: tensor "x" has the shape [0, 2, 1]',
    ],
    [
      'a label beyond the classes',
      read((t) => t.set('y', tensor([4], [0, 1, 2, 0]))),
      'ESC281 w.safetensors: tensor "y" has label 2 at window 2, but the model has classes 0 to 1',
    ],
    ['a label that is no class', read((t) => t.set('y', tensor([4], [0, 0.5, 1, 0]))), 'ESC281'],
    [
      'NaN in a window',
      read((t) => t.set('x', tensor([4, 2], [0, 1, 2, NaN, 4, 5, 6, 7]))),
      'ESC283 w.safetensors: tensor "x" holds NaN at element 3',
    ],
    [
      'one person',
      read((t) => t.set('y', tensor([4], [1, 1, 1, 1]))),
      'ESC284 w.safetensors: all its test windows are of one person',
    ],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });

  it('refuses a tested user who never enrolled', () => {
    const tensors = verificationTensors().set('ut', tensor([4], [7, 7, 9, 8]));
    expect(() => evaluationData(tensors, verification, { steps: 1, features: 1, outputs: 1 })).toThrow(
      'ESC282 w.safetensors: user 8 has test windows and no enrolment windows. Add',
    );
  });
});
