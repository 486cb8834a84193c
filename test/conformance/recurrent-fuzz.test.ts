/**
 * Random recurrent nodes, far beyond the suite: every activation, clip, coupled gates, peepholes, layout 1, ragged lengths, initial states. The float
 * evaluation of the node says what is right; the compiled form must come close to it in float, follow it in integers, or be refused by
 * number. Nothing may be wrong in silence.
 */
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../common/refusals/index.ts';
import type { Attribute, Graph } from '../../generator/graph/graph.ts';
import { floats, makeTensor } from '../../generator/graph/make-tensor.ts';
import type { Tensor } from '../../generator/graph/tensor.ts';
import { toNetwork } from '../../generator/graph/to-network.ts';
import { evaluateNetwork } from '../../generator/layers/evaluate-network.ts';
import { random, runReference, snrDb, toIntegers, type Random } from '../../generator/layers/testing.ts';
import { parseOnnx } from '../../generator/onnx/parse.ts';
import { writeOnnx } from '../../generator/onnx/write.ts';
import { evaluateGraph } from '../../generator/ops/evaluate.ts';
import { quantizeNetwork } from '../../generator/quantize/quantize-network.ts';

const operators = { RNN: 1, GRU: 3, LSTM: 4 } as const;
type Operator = keyof typeof operators;
const usual = { RNN: ['Tanh'], GRU: ['Sigmoid', 'Tanh'], LSTM: ['Sigmoid', 'Tanh', 'Tanh'] };
const unusual = ['Relu', 'Affine', 'LeakyRelu', 'ScaledTanh', 'HardSigmoid', 'Elu', 'Softsign', 'Softplus'];
const withAlpha = ['Affine', 'LeakyRelu', 'ScaledTanh', 'HardSigmoid', 'Elu'];
const withBeta = ['Affine', 'ScaledTanh', 'HardSigmoid'];

interface Case {
  graph: Graph;
  x: Tensor;
  about: string;
}

function randomCase(r: Random, op: Operator): Case {
  const gates = operators[op];
  const direction = r.pick(['forward', 'reverse', 'bidirectional']);
  const d = direction === 'bidirectional' ? 2 : 1;
  const [steps, inputs, hidden] = [r.integer(2, 12), r.integer(1, 12), r.integer(1, 9)];
  const layout = r.integer(0, 3) === 0 ? 1 : 0;
  const names = ['x', 'w', 'r', 'b', 'lens', 'h', ...(op === 'LSTM' ? ['c', 'p'] : [])];
  const weights = (...shape: number[]) =>
    floats(
      shape,
      r.array(
        shape.reduce((a, b) => a * b),
        0.6,
      ),
    );
  const chance = (one: number) => r.integer(1, one) === 1;
  const state = () => weights(...(layout ? [1, d, hidden] : [d, 1, hidden]));
  const given: Record<string, Tensor | undefined> = {
    w: weights(d, gates * hidden, inputs),
    r: weights(d, gates * hidden, hidden),
    b: chance(4) ? undefined : weights(d, 2 * gates * hidden),
    lens: chance(4) ? makeTensor('int32', [1], [r.integer(1, steps)]) : undefined,
    h: chance(2) ? state() : undefined,
    c: op === 'LSTM' && chance(3) ? state() : undefined,
    p: op === 'LSTM' && chance(6) ? weights(d, 3 * hidden) : undefined,
  };
  const attributes: Record<string, Attribute> = { hidden_size: hidden, direction };
  if (layout) attributes.layout = 1;
  if (chance(5)) attributes.clip = r.pick([0.5, 3, 50]);
  if (op === 'GRU' && chance(2)) attributes.linear_before_reset = 1;
  if (op === 'LSTM' && chance(5)) attributes.input_forget = 1;
  if (chance(3)) {
    const one = chance(2) ? usual[op] : usual[op].map(() => r.pick([...unusual, 'Tanh', 'Sigmoid']));
    const all = d === 2 ? [...one, ...one] : [...one];
    attributes.activations = chance(2) ? all.map((name) => name.toLowerCase()) : all;
    const count = (of: string[]) => all.filter((name) => of.includes(name)).length;
    if (count(withAlpha)) attributes.activation_alpha = new Array<number>(count(withAlpha)).fill(0.5);
    if (count(withBeta)) attributes.activation_beta = new Array<number>(count(withBeta)).fill(0.3);
  }
  const shape = layout ? [1, steps, inputs] : [steps, 1, inputs];
  const wanted = r.integer(0, op === 'LSTM' ? 2 : 1);
  const outputs = ['y', 'y_h', 'y_c'].slice(0, wanted + 1).map((name, k) => (k === wanted ? name : ''));
  const graph: Graph = {
    name: 'fuzz',
    opsets: { '': 14 },
    inputs: [{ name: 'x', type: 'float32', shape }],
    outputs: [outputs.at(-1)!],
    initializers: new Map(Object.entries(given).filter((entry): entry is [string, Tensor] => !!entry[1])),
    nodes: [
      {
        ...{ name: 'node', op, domain: '', outputs, attributes },
        inputs: names.map((name) => (name === 'x' || given[name] ? name : '')),
      },
    ],
  };
  const about = `${op} ${JSON.stringify(attributes)} ${steps} x ${inputs}, ${Object.keys(given)
    .filter((name) => given[name])
    .join(' ')} -> ${outputs.at(-1)}`;
  return { graph, x: floats(shape, r.array(steps * inputs, 1)), about };
}

/** What came of a case: 'refused', or the ratio of its integers to their error in dB. */
function outcome({ graph, x, about }: Case): 'refused' | number {
  const model = parseOnnx(writeOnnx(graph), 'fuzz');
  const [output] = graph.outputs;
  const wanted = evaluateGraph(model, new Map([['x', x]])).get(output!)!.data;
  try {
    const network = toNetwork(model);
    const real = evaluateNetwork(network, x.data)[network.output]!;
    expect(real.length, about).toBe(wanted.length);
    wanted.forEach((value, k) => expect(Math.abs(real[k]! - value), about).toBeLessThan(1e-5));
    const q = quantizeNetwork(network, { windows: [x.data] }, { weightBits: 8, activationBits: 16 });
    const integers = runReference(q, toIntegers(x.data, q.formats[network.input]!.scale));
    return snrDb(wanted, integers, q.formats[network.output]!.scale);
  } catch (error) {
    if (error instanceof Refusal) return 'refused';
    throw error;
  }
}

describe.each(Object.keys(operators) as Operator[])('%s', (op) => {
  it('is right or refused, whatever its attributes and inputs', () => {
    const r = random(op.length * 7 + operators[op]);
    const cases = Array.from({ length: 150 }, () => randomCase(r, op));
    const found = cases.map((one) => ({ about: one.about, ratio: outcome(one) }));
    const compiled = found.filter((one) => one.ratio !== 'refused');
    for (const { about, ratio } of compiled) expect(ratio, about).toBeGreaterThan(25);
    // Plain ones are the majority and compile.
    expect(compiled.length).toBeGreaterThan(40);
    const plain = found.filter(({ about }) => !/activations|clip|input_forget| p /.test(about));
    for (const { about, ratio } of plain) expect(ratio, about).not.toBe('refused');
  });
});
