/** Dense layer y = act(W x + b) on every step. */
import type { Block } from '../emit/program.ts';
import { activationBytes } from '../emit/activation-type.ts';
import { packFour, weightMax, weightType, type WeightBits } from '../emit/weight-type.ts';
import type { DenseLayer } from '../graph/network.ts';
import type { Compensation } from '../quantize/compensation.ts';
import { multipliers } from '../quantize/multiplier.ts';
import { INT16_MAGNITUDE, prove } from '../quantize/prove.ts';
import { tanhBlock, tanhTable } from '../quantize/tables.ts';
import { interleaveRows, quantizeRow, rowBound, type QuantizedRow } from '../quantize/weights.ts';
import { realActivation } from './activation.ts';
import { address, call, elementBytes, elementType, shapeText } from './code.ts';
import { dense as integerDense } from './integer/dense.ts';
import { addProduct } from './matrix-vector.ts';
import { Q15, SIGMOID_INPUT_ONE, TANH_INPUT_ONE, type LayerKind } from './layer-kind.ts';
import { operandOf, type Operand } from './operand.ts';

const routine = { none: 'dense', relu: 'denseRelu', tanh: 'denseTanh', sigmoid: 'denseSigmoid' };

/** Interleaved weights as they are stored; of 4 bits every row that stands alone begins with a byte. */
function stored(
  weights: Int16Array<ArrayBuffer>,
  outputs: number,
  bits: WeightBits,
): Pick<Block, 'type' | 'length' | 'data'> {
  if (bits === 16) return { type: 'i16', length: weights.length, data: weights };
  const inputs = weights.length / outputs;
  const blocked = (outputs & ~3) * inputs;
  const alone = Array.from({ length: outputs & 3 }, (_, r) =>
    packFour(weights.subarray(blocked + r * inputs, blocked + (r + 1) * inputs)),
  );
  const data =
    bits === 8
      ? Int8Array.from(weights)
      : Int8Array.from([packFour(weights.subarray(0, blocked)), ...alone].flatMap((part) => [...part]));
  return { type: 'i8', length: data.length, data };
}

export const dense: LayerKind<DenseLayer> = {
  reads: (layer) => [layer.input],
  writes: (layer) => [layer.output],
  macs: ({ input, output }) => input.steps * input.features * output.features,

  observed: ({ input }) => [input.features],

  evaluate({ input, output, weights, bias, activation }, buffers, observe) {
    const x = buffers[input.buffer];
    const y = buffers[output.buffer];
    const [inputs, outputs] = [input.features, output.features];
    const sample = new Float64Array(inputs + 1).fill(1);
    const sums = new Float64Array(outputs);
    for (let step = 0; step < input.steps; step++) {
      const start = input.offset + step * inputs;
      sample.set(x.subarray(start, start + inputs));
      observe?.(0, sample);
      sums.set(bias);
      addProduct(sums, weights, sample, outputs, inputs);
      y.set(sums.map(realActivation[activation]), output.offset + step * outputs);
    }
  },

  narrows: ({ input, output }, buffer) => input.buffer === buffer || output.buffer === buffer,

  wish(layer, formatOf) {
    if (layer.activation === 'tanh' || layer.activation === 'sigmoid') return { kind: 'fixed', format: Q15 };
    const read: Operand = {
      ...{ type: 'i16', scale: formatOf(layer.input.buffer).scale },
      magnitude: INT16_MAGNITUDE,
    };
    const widest = Math.max(
      0,
      ...quantizedRows(layer, read).map((row) => rowBound(row, read.magnitude) * row.scale * read.scale),
    );
    return { kind: 'calibrated', finest: widest / 2 ** 30, widest };
  },

  quantize(layer, context) {
    const { name, formatOf, blockOf, compensationOf, bitsOf, droppedBits } = context;
    const { input, output, activation } = layer;
    const { steps, features: inputs } = input;
    const outputs = output.features;
    const from = blockOf(input.buffer);
    const to = blockOf(output.buffer);
    const read = operandOf(input.buffer, context);
    const dropped = droppedBits(output.buffer);
    const bits = bitsOf?.('weights') ?? 8;
    const quantized = quantizedRows(layer, read, compensationOf(0), weightMax(bits));
    const interleaved = interleaveRows(quantized, inputs);
    const symbol = routine[activation];
    const type = weightType(bits);
    const outputScale = targetScale(layer, formatOf(output.buffer).scale * 2 ** (dropped ?? 0));
    const { m, shift } = multipliers(quantized.map((row) => (row.scale * read.scale) / outputScale));
    const bounds = quantized.map((row) => rowBound(row, read.magnitude));

    const weights = `${name}_weights`;
    const rows = `${name}_rows`;
    const sums = `${name}_sums`;
    const squashes = activation === 'tanh' || activation === 'sigmoid';
    const blocks: Block[] = [
      {
        name: weights,
        ...stored(interleaved, outputs, bits),
        kind: 'constant',
        note: `${outputs} rows of ${inputs} weights${bits === 8 ? '' : ` of ${bits} bits`}, four rows interleaved`,
      },
      {
        name: rows,
        type: 'i32',
        length: outputs * 2,
        kind: 'constant',
        data: Int32Array.from({ length: outputs * 2 }, (_, k) =>
          k % 2 ? quantized[k >> 1].bias : m[k >> 1],
        ),
        note: `multiplier (/ 2^${shift}) and bias of each row`,
      },
      { name: sums, type: 'i32', length: 4, kind: 'buffer', note: 'accumulators of four rows' },
    ];
    if (squashes) blocks.push(tanhBlock);

    return {
      blocks,
      stage: {
        name,
        title: layer.name,
        blocks: [from, to, ...blocks.map((b) => b.name)],
        uses: { dense: [symbol], ...(type === 'i4' ? { weights: [type] } : {}) },
        body: [
          `// ${shapeText(input)} -> ${shapeText(output)}`,
          ...call(
            `${symbol}<${read.type}, ${type}, ${elementType(dropped)}>`,
            [
              [steps, inputs, outputs],
              [
                address(from, input.offset, activationBytes[read.type]),
                ...[`$${weights}`, `$${rows}`, shift, `$${sums}`],
              ],
              [
                address(to, output.offset, elementBytes(dropped)),
                ...(squashes ? [`$${tanhBlock.name}`, dropped ?? 0] : []),
              ],
            ],
            ['steps, inputs, outputs', `multipliers are / 2^${shift}`],
          ),
        ],
        returns: 'void',
        macs: dense.macs(layer),
        proofs: [
          prove(layer.name, 'dense accumulator', bounds),
          prove(
            layer.name,
            'dense before saturation',
            bounds.map((bound, r) => bound * m[r] * 2 ** -shift + 1),
          ),
        ],
        parallel: layer.parallel,
        run(memory) {
          integerDense({
            steps,
            inputs,
            outputs,
            x: read.type === 'i8' ? memory.i8(from) : memory.i16(from),
            xStart: input.offset,
            weights: interleaved,
            rows: memory.i32(rows),
            shift,
            sums: memory.i32(sums),
            y: dropped === undefined ? memory.i16(to) : memory.i8(to),
            dropped,
            yStart: output.offset,
            activation,
            table: tanhTable,
          });
        },
      },
    };
  },
};

function quantizedRows(
  { weights, bias, input }: DenseLayer,
  { scale: inputScale, magnitude: inputMax }: Operand,
  compensation?: Compensation,
  most?: number,
): QuantizedRow[] {
  const inputs = input.features;
  return Array.from(bias, (b, r) => {
    const row = { weights: weights.subarray(r * inputs, (r + 1) * inputs), inputScale, inputMax };
    return quantizeRow([row], b, compensation, most)[0];
  });
}

/** Real value of one step before the activation's table, or of the output. */
function targetScale({ activation }: DenseLayer, outputScale: number): number {
  if (activation === 'tanh') return 1 / TANH_INPUT_ONE;
  if (activation === 'sigmoid') return 1 / SIGMOID_INPUT_ONE;
  return outputScale;
}
