/** Attention pooling over time, in one pass (docs/numbers.md, section 6). */
import type { Block } from '../emit/program.ts';
import type { AttentionPoolLayer } from '../graph/network.ts';
import { multiplier, narrowMultiplier } from '../quantize/multiplier.ts';
import { INT16_MAGNITUDE, INT32_LIMIT, prove, Q15_MAGNITUDE } from '../quantize/prove.ts';
import { exp2Block, exp2Table, tanhBlock, tanhTable } from '../quantize/tables.ts';
import { address, call, elementBytes, elementType, elements, shapeText, storedWindow } from './code.ts';
import { attentionPool as integerPool } from './integer/attention.ts';
import { storeNarrowed, widened } from './integer/narrow.ts';
import { Q15, TANH_INPUT_ONE, type LayerKind, type OnlinePool } from './layer-kind.ts';

/** Steps to one unit of log2 in Q16. */
const LOG2_ONE = 65536;
/** Largest weight of one step. */
const WEIGHT_MAX = 65535;
/** What rounding adds before the largest shift, by 31. */
const LARGEST_HALF = 2 ** 30;

export const attentionPool: LayerKind<AttentionPoolLayer> = {
  reads: (layer) => [layer.input],
  writes: (layer) => [layer.output],
  macs: ({ input }) => 2 * input.steps * input.features,

  evaluate({ input, output, scoreWeights, scoreBias, tanh }, buffers) {
    const { steps, features } = input;
    const x = buffers[input.buffer].subarray(input.offset, input.offset + steps * features);
    const scores = Float64Array.from({ length: steps }, (_, t) => {
      let score = scoreBias;
      for (let k = 0; k < features; k++) {
        const value = x[t * features + k];
        score += scoreWeights[k] * (tanh ? Math.tanh(value) : value);
      }
      return score;
    });
    const largest = Math.max(...scores);
    const weights = scores.map((s) => Math.exp(s - largest));
    const total = weights.reduce((a, b) => a + b, 0);
    for (let k = 0; k < features; k++) {
      let sum = 0;
      for (let t = 0; t < steps; t++) sum += weights[t] * x[t * features + k];
      buffers[output.buffer][output.offset + k] = sum / total;
    }
  },

  wish: (layer, formatOf) => ({ kind: 'fixed', format: formatOf(layer.input.buffer) }),

  narrows: ({ input, output }, buffer) => input.buffer === buffer || output.buffer === buffer,

  quantize(layer, { name, formatOf, blockOf, droppedBits }) {
    const { input, output } = layer;
    const { steps, features } = input;
    const from = blockOf(input.buffer);
    const to = blockOf(output.buffer);
    const [fromDrops, toDrops] = [droppedBits(input.buffer), droppedBits(output.buffer)];
    const [attend, finish] = [
      `attend<${elementType(fromDrops)}>`,
      `finishAttention<${elementType(toDrops)}>`,
    ];
    const inputScale = formatOf(input.buffer).scale;
    const score = quantizeScore(layer, inputScale);
    const toTanh = narrowMultiplier(inputScale * TANH_INPUT_ONE);
    const toExponent = multiplier(score.scale * Math.LOG2E * LOG2_ONE);
    const poolShift = shiftOfPool(steps);

    const scoreWeights: Block = {
      name: `${name}_score_weights`,
      type: 'i16',
      length: features,
      kind: 'constant',
      data: score.weights,
      note: `score vector`,
      scale: score.weightScale,
    };
    const sums: Block = {
      name: `${name}_sums`,
      type: 'i32',
      length: features,
      kind: 'buffer',
      note: `running sums of weight x value, / 2^${poolShift}`,
    };
    const running: Block = {
      name: `${name}_running`,
      type: 'i32',
      length: 2,
      kind: 'buffer',
      note: 'largest exponent so far, sum of weights',
    };
    const blocks = [scoreWeights, exp2Block, ...(layer.tanh ? [tanhBlock] : []), running, sums];
    const online: OnlinePool = {
      uses: { attention: ['attend', 'finishAttention', 'startAttention'] },
      start: `startAttention(${features}, $${running.name}, $${sums.name});`,
      attend: (a, aCount, b, bCount) =>
        call(
          attend,
          [
            [a, aCount, b, bCount],
            [`$${scoreWeights.name}`, score.bias],
            layer.tanh ? [toTanh.m, toTanh.shift, `$${tanhBlock.name}`] : [0, 0, 0],
            [toExponent.m, toExponent.shift, `$${exp2Block.name}`],
            [`$${running.name}`, `$${sums.name}`, poolShift, fromDrops ?? 0],
          ],
          [
            'the row, in two parts',
            'v and its bias',
            layer.tanh ? `x * ${toTanh.m} / 2^${toTanh.shift} is Q16` : 'no tanh',
            `score * ${toExponent.m} / 2^${toExponent.shift} is log2 in Q16`,
            `sums are / 2^${poolShift}${fromDrops ? `; the row dropped ${fromDrops} bits` : ''}`,
          ],
        ),
      finish:
        `${finish}(${features}, ${address(to, output.offset, elementBytes(toDrops))}, $${running.name}, $${sums.name}, ` +
        `${poolShift}, ${toDrops ?? 0});`,
    };
    return {
      blocks,
      online,
      stage: {
        name,
        title: layer.name,
        blocks: [from, to, ...blocks.map((b) => b.name)],
        uses: online.uses,
        body: [
          `// ${shapeText(input)} -> ${shapeText(output)}`,
          online.start,
          `let x: usize = ${address(from, input.offset, elementBytes(fromDrops))};`,
          `for (let step = 0; step < ${steps}; step++) {`,
          ...online.attend('x', features, 'x', 0).map((line) => `  ${line}`),
          `  x += ${elementBytes(fromDrops) * features};`,
          '}',
          online.finish,
        ],
        returns: 'void',
        macs: attentionPool.macs(layer),
        proofs: [
          prove(layer.name, 'attention score', [score.bound]),
          prove(layer.name, 'attention score in log2 units', [
            score.bound * toExponent.m * 2 ** -toExponent.shift + 1,
          ]),
          prove(layer.name, 'attention, sum of weights with its rounding half', [
            steps * WEIGHT_MAX + LARGEST_HALF,
          ]),
          prove(layer.name, 'attention, running sums with their rounding half', [
            poolBound(steps, poolShift) + LARGEST_HALF,
          ]),
        ],
        parallel: layer.parallel,
        run(memory) {
          const y = new Int16Array(features);
          integerPool({
            steps,
            features,
            x: widened(storedWindow(memory, from, input, fromDrops), fromDrops),
            xStart: 0,
            y,
            yStart: 0,
            scoreWeights: memory.i16(scoreWeights.name),
            scoreBias: score.bias,
            toTanh: layer.tanh ? { ...toTanh, table: tanhTable } : undefined,
            toExponent,
            exp2Table,
            sums: memory.i32(sums.name),
            poolShift,
          });
          const into = storedWindow(memory, to, output, toDrops);
          storeNarrowed(into, y.subarray(0, elements(output)), toDrops);
        },
      },
    };
  },
};

/**
 * The score vector is one row, so it may have 16 bits; its scale is as fine as the 32-bit accumulator allows for
 * inputs at their largest, and a rounding of half a step each.
 */
function quantizeScore({ scoreWeights, scoreBias, tanh }: AttentionPoolLayer, inputScale: number) {
  const valueScale = tanh ? Q15.scale : inputScale;
  const valueMax = tanh ? Q15_MAGNITUDE : INT16_MAGNITUDE;
  let largest = 0;
  let sum = 0;
  for (const v of scoreWeights) {
    largest = Math.max(largest, Math.abs(v));
    sum += Math.abs(v);
  }
  const room = INT32_LIMIT - (scoreWeights.length / 2) * valueMax - 1;
  const worstScore = sum * valueMax * valueScale + Math.abs(scoreBias);
  const weightScale = Math.max(largest / 32767, worstScore / (room * valueScale));
  const scale = weightScale * valueScale;
  const weights = Int16Array.from(scoreWeights, (v) => inSteps(v, weightScale));
  const bias = inSteps(scoreBias, scale);
  const bound = weights.reduce((total, v) => total + Math.abs(v), 0) * valueMax + Math.abs(bias);
  return { weights, weightScale, scale, bias, bound };
}

const inSteps = (x: number, step: number): number => (step > 0 ? Math.round(x / step) : 0);

/** Most that `steps` products, each shifted and rounded, can add up to. */
const poolBound = (steps: number, shift: number): number =>
  steps * (Math.floor((WEIGHT_MAX * INT16_MAGNITUDE) / 2 ** shift) + 1);

/** Smallest shift that keeps the running sums below 2^30, so that a rounding half of up to 2^30 fits as well. */
function shiftOfPool(steps: number): number {
  let shift = 1;
  while (poolBound(steps, shift) >= LARGEST_HALF) shift += 1;
  return shift;
}
