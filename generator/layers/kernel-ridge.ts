/**
 * A score of kernel ridge regression, linear or radial (exp(-gamma |x - v|^2)), with 16-bit weights and 64-bit sums.
 *
 * Linear: off by half a step of a weight times sum |x|. Radial: each kernel is off by 2^-14 (the exponent's table and Q15), and each coefficient by half a
 * step. Both: half a step of the result.
 */
import type { Block } from '../emit/program.ts';
import { factorOf } from '../features/integer/scaled.ts';
import type { KernelRidgeLayer } from '../graph/network.ts';
import { INT64_LIMIT, prove } from '../quantize/prove.ts';
import { exp2Block, exp2Table } from '../quantize/tables.ts';
import { address, call, shapeText, window16 } from './code.ts';
import { linearRidge, radialRidge } from './integer/kernel-ridge.ts';
import type { LayerKind } from './layer-kind.ts';

/** Log2 units in Q16. */
const LOG2_ONE = 65536;
const KERNEL_ONE = 32768;

export const kernelRidge: LayerKind<KernelRidgeLayer> = {
  reads: (layer) => [layer.input],
  writes: (layer) => [layer.output],
  macs: ({ weights, vectors }) => weights.length + (vectors?.length ?? 0),

  evaluate({ input, output, gamma = 0, vectors, weights, bias }, buffers) {
    const x = buffers[input.buffer].subarray(input.offset, input.offset + input.features);
    let score = bias;
    weights.forEach((weight, i) => {
      score += weight * (vectors ? Math.exp(-gamma * squaredDistance(x, vectors, i)) : x[i]);
    });
    buffers[output.buffer][output.offset] = score;
  },

  wish({ weights, vectors, bias }) {
    const sum = weights.reduce((total, w) => total + Math.abs(w), Math.abs(bias));
    return { kind: 'calibrated', finest: 0, widest: vectors ? sum : sum * 2 };
  },

  quantize(layer, { name, formatOf, blockOf }) {
    const { input, output, gamma = 0, vectors, weights, bias } = layer;
    const from = blockOf(input.buffer);
    const to = blockOf(output.buffer);
    const inputScale = formatOf(input.buffer).scale;
    const weightScale = Math.max(1e-300, ...weights.map(Math.abs)) / 32767;
    const weightData = Int16Array.from(weights, (w) => Math.round(w / weightScale));
    // A sum counts in weights times inputs, or weights times kernels in Q15.
    const sumScale = weightScale * (vectors ? 1 / KERNEL_ONE : inputScale);
    const start = BigInt(Math.round(bias / sumScale));
    const factor = factorOf(sumScale / formatOf(output.buffer).scale);
    const weightSum = weightData.reduce((total, w) => total + Math.abs(w), 0);
    const weightBlock: Block = {
      name: `${name}_weights`,
      type: 'i16',
      length: weightData.length,
      kind: 'constant',
      data: weightData,
      note: vectors ? 'coefficient of each vector' : 'weight of each feature',
      scale: weightScale,
    };
    const proofs = [
      prove(layer.name, 'score', [weightSum * 32768 + Math.abs(Number(start))], INT64_LIMIT),
      ...(vectors ? [prove(layer.name, 'squared distance', [input.features * 2 ** 34], INT64_LIMIT)] : []),
    ];
    const shared = {
      name,
      title: layer.name,
      returns: 'void' as const,
      macs: kernelRidge.macs(layer),
      proofs,
      parallel: layer.parallel,
    };
    const places = { x: address(from, input.offset), y: address(to, output.offset) };
    if (!vectors)
      return {
        blocks: [weightBlock],
        stage: {
          ...shared,
          blocks: [from, to, weightBlock.name],
          uses: { 'kernel-ridge': ['linearRidge'] },
          body: [
            `// ${shapeText(input)} -> ${shapeText(output)}`,
            `linearRidge(${places.x}, ${input.features}, $${weightBlock.name}, ${start}, ${factor.m}, ${factor.shift}, ${places.y});`,
          ],
          run(memory) {
            const x = window16(memory, from, input);
            memory.i16(to)[output.offset] = linearRidge(x, memory.i16(weightBlock.name), start, factor);
          },
        },
      };
    const vectorBlock: Block = {
      name: `${name}_vectors`,
      type: 'i16',
      length: vectors.length,
      kind: 'constant',
      data: Int16Array.from(vectors, (v) => Math.max(-32768, Math.min(32767, Math.round(v / inputScale)))),
      note: `${weights.length} vectors of ${input.features}`,
      scale: inputScale,
    };
    const toExponent = factorOf(gamma * inputScale ** 2 * Math.LOG2E * LOG2_ONE);
    const blocks = [weightBlock, vectorBlock, exp2Block];
    return {
      blocks,
      stage: {
        ...shared,
        blocks: [from, to, ...blocks.map((b) => b.name)],
        uses: { 'kernel-ridge': ['radialRidge'] },
        body: [
          `// ${shapeText(input)} -> ${shapeText(output)}`,
          ...call('radialRidge', [
            [
              places.x,
              input.features,
              `$${vectorBlock.name}`,
              `$${weightBlock.name}`,
              weights.length,
              String(start),
            ],
            [toExponent.m, toExponent.shift, `$${exp2Block.name}`, factor.m, factor.shift, places.y],
          ]),
        ],
        run(memory) {
          memory.i16(to)[output.offset] = radialRidge(window16(memory, from, input), {
            vectors: memory.i16(vectorBlock.name),
            coefficients: memory.i16(weightBlock.name),
            bias: start,
            toExponent,
            exp2Table,
            factor,
          });
        },
      },
    };
  },
};

function squaredDistance(x: Float64Array, vectors: Float64Array, i: number): number {
  return x.reduce((total, v, k) => total + (v - vectors[i * x.length + k]) ** 2, 0);
}
