/** Whatever bytes arrive, the importer answers with a graph or a refusal, and soon. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Refusal } from '../../common/refusals/index.ts';
import { floats, int64s } from '../graph/make-tensor.ts';
import type { Graph } from '../graph/graph.ts';
import { checkWeights } from './check-weights.ts';
import { parseOnnx } from './parse.ts';
import { decodeTensor } from './tensor-proto.ts';
import { writeOnnx, writeTensor } from './write.ts';

const weights = (rows: number, columns: number) =>
  floats(
    [1, rows, columns],
    Array.from({ length: rows * columns }, (_, i) => Math.sin(i)),
  );

/** An LSTM with a squeeze behind it: every message and field kind of a recurrent export. */
const model: Graph = {
  name: 'g',
  opsets: { '': 15 },
  inputs: [{ name: 'x', type: 'float32', shape: [5, 1, 3] }],
  outputs: ['y'],
  initializers: new Map([
    ['W', weights(8, 3)],
    ['R', weights(8, 2)],
    ['axes', int64s([1], [1])],
  ]),
  nodes: [
    {
      name: 'lstm',
      op: 'LSTM',
      domain: '',
      inputs: ['x', 'W', 'R'],
      outputs: ['all'],
      attributes: { hidden_size: 2, direction: 'forward', activations: ['Sigmoid', 'Tanh', 'Tanh'], clip: 3 },
    },
    {
      name: 'squeeze',
      op: 'Squeeze',
      domain: '',
      inputs: ['all', 'axes'],
      outputs: ['y'],
      attributes: { value: floats([2], [1, 2]), body: emptyGraph() },
    },
  ],
};

function emptyGraph(): Graph {
  return { name: 'b', opsets: {}, inputs: [], outputs: [], initializers: new Map(), nodes: [] };
}

const modelBytes = writeOnnx(model);
const tensorBytes = writeTensor('t', weights(4, 4));

/** True when the call ends with a result or a refusal; anything else is thrown on. */
function answers(call: () => unknown): boolean {
  try {
    call();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.message).not.toContain('\n');
  }
  return true;
}

const read = (bytes: Uint8Array) => () => checkWeights(parseOnnx(bytes, 'fuzz.onnx'), 'fuzz.onnx');

describe('the importer answers', () => {
  it('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        return answers(read(bytes)) && answers(() => decodeTensor(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it('every truncation of a real model', () => {
    expect(() => parseOnnx(modelBytes, 'm')).not.toThrow();
    for (let length = 0; length < modelBytes.length; length++) answers(read(modelBytes.subarray(0, length)));
    for (let length = 0; length < tensorBytes.length; length++) {
      answers(() => decodeTensor(tensorBytes.subarray(0, length)));
    }
  });

  it('bytes flipped in a real model', () => {
    const flips = fc.array(fc.tuple(fc.nat(modelBytes.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(flips, (changes) => {
        const bytes = modelBytes.slice();
        for (const [at, mask] of changes) bytes[at]! ^= mask;
        return answers(read(bytes));
      }),
      { numRuns: 5000 },
    );
  });

  it('every value of each byte of the first messages', () => {
    for (let at = 0; at < 120; at++) {
      for (let value = 0; value < 256; value++) {
        const bytes = modelBytes.slice();
        bytes[at] = value;
        answers(read(bytes));
      }
    }
  });
});
