import type { Node } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { softmaxOf } from '../activation/softmax.ts';
import type { OpDefinition } from '../op.ts';
import { Attributes } from '../shared/attributes.ts';
import { broadcastStrides, stretchesTo } from '../shared/broadcast.ts';
import { requireType, required } from '../shared/inputs.ts';
import { storer } from '../shared/numbers.ts';
import { reshaped, strided } from '../shared/move.ts';
import { invalid, unsupported } from '../shared/refuse.ts';
import { type Shape, allocate, stridesOf } from '../shared/shapes.ts';

const versions = 'means different things in ONNX 1.22 and 1.23';

/**
 * ONNX Attention: softmax(softcap(scale Q K') + mask) V by head; several query heads may share a key head. Refused where
 * ONNX 1.22 and 1.23 read the specification differently: causal masks beside some other masks, queries that see no key.
 */
export const attention: OpDefinition = {
  op: 'Attention',
  domain: '',
  evaluate(node, inputs) {
    const s = settings(node);
    const q = byHead(node, required(node, inputs, 0), s.queryHeads);
    const key = byHead(node, required(node, inputs, 1), s.keyHeads);
    const value = byHead(node, required(node, inputs, 2), s.keyHeads);
    for (const part of [q, key, value]) requireType(node, part, ['float32', 'float64']);
    const [k, v] = [joined(node, inputs[4], key), joined(node, inputs[5], value)];
    const [batch, heads, queries, size] = q.shape as [number, number, number, number];
    const [, keyHeads, keys, keySize] = k.shape as [number, number, number, number];
    const fits = k.shape[0] === batch && v.shape[0] === batch && keySize === size && v.shape[1] === keyHeads;
    if (!fits || v.shape[2] !== keys || heads % keyHeads !== 0)
      throw invalid(node, 'Q, K and V do not fit together');
    if (s.causal && inputs[6]) throw unsupported(node, `its causal mask beside nonpad_kv_seqlen ${versions}`);
    if (s.causal && inputs[3]?.type === 'bool') {
      throw unsupported(node, `its causal mask beside a mask of truth values ${versions}`);
    }
    const before = keys - key.shape[2]!;
    const scale = s.scale ?? 1 / Math.sqrt(size);
    const bias = biasOf(node, inputs[3], [batch, heads, queries, keys]);
    const valid = inputs[6];

    const width = v.shape[3]!;
    const y = allocate(node, q.type, [batch, heads, queries, width]);
    const debug = allocate(node, q.type, [batch, heads, queries, keys]);
    const store = storer(q.type, node);
    for (let row = 0; row < batch * heads * queries; row++) {
      const i = row % queries;
      const head = Math.floor(row / queries) % heads;
      const b = Math.floor(row / (queries * heads));
      const keyHead = b * keyHeads + Math.floor(head / (heads / keyHeads));
      const raw = new Float64Array(keys);
      for (let j = 0; j < keys; j++) {
        let dot = 0;
        for (let d = 0; d < size; d++)
          dot += q.data[row * size + d]! * k.data[(keyHead * keys + j) * size + d]!;
        raw[j] = dot * scale;
      }
      const capped = s.softcap === 0 ? raw : raw.map((x) => s.softcap * Math.tanh(x / s.softcap));
      const masked = capped.map((x, j) => {
        const hidden = (s.causal && j > before + i) || (valid !== undefined && j >= valid.data[b]!);
        return hidden ? -Infinity : x + bias(b, head, i, j);
      });
      if (masked.every((x) => x === -Infinity))
        throw unsupported(node, `a query that sees no key ${versions}`);
      const weights = softmaxOf(masked);
      [raw, capped, masked, weights][s.outputMode]!.forEach(
        (x, j) => (debug.data[row * keys + j] = store(x)),
      );
      for (let d = 0; d < width; d++) {
        let sum = 0;
        for (let j = 0; j < keys; j++) sum += weights[j]! * v.data[(keyHead * keys + j) * width + d]!;
        y.data[row * width + d] = store(sum);
      }
    }
    const flat = required(node, inputs, 0).shape.length === 3;
    return [flat ? headsLast(node, y) : y, k, v, debug];
  },
};

function settings(node: Node) {
  const attributes = new Attributes(node);
  const causal = attributes.flag('is_causal');
  const queryHeads = attributes.number('q_num_heads');
  const keyHeads = attributes.number('kv_num_heads');
  const scale = attributes.number('scale');
  const softcap = attributes.number('softcap', 0);
  const outputMode = attributes.number('qk_matmul_output_mode', 0);
  const precision = attributes.number('softmax_precision', 1);
  const windows = [attributes.number('left_window_size', -1), attributes.number('right_window_size', -1)];
  attributes.done();
  if (![0, 1, 2, 3].includes(outputMode)) throw invalid(node, `qk_matmul_output_mode is ${outputMode}`);
  if (precision !== 1 && precision !== 11) throw unsupported(node, 'its softmax has 16-bit precision');
  if (windows.some((size) => size !== -1)) throw unsupported(node, 'it attends a sliding window');
  return { causal, queryHeads, keyHeads, scale, softcap, outputMode };
}

/** [batch, steps, heads * size] as [batch, heads, steps, size]; four axes stay as they are. */
function byHead(node: Node, x: Tensor, heads: number | undefined): Tensor {
  if (x.shape.length === 4) return x;
  const [batch, steps, width] = x.shape as [number, number, number];
  if (x.shape.length !== 3 || !heads || width % heads !== 0)
    throw invalid(node, 'its heads do not fit its inputs');
  const split = [batch, steps, heads, width / heads];
  return turned(node, reshaped(x, split));
}

function headsLast(node: Node, y: Tensor): Tensor {
  const [batch, heads, steps, size] = y.shape as [number, number, number, number];
  return reshaped(turned(node, y), [batch, steps, heads * size]);
}

/** Swaps the middle axes. */
function turned(node: Node, x: Tensor): Tensor {
  const [a, b, c, d] = stridesOf(x.shape) as [number, number, number, number];
  const [n, m, o, p] = x.shape as [number, number, number, number];
  return strided(node, x, [n, o, m, p], [a, c, b, d]);
}

/** Earlier steps in front of the new ones. */
function joined(node: Node, past: Tensor | undefined, now: Tensor): Tensor {
  if (!past) return now;
  const [batch, heads, steps, size] = now.shape as [number, number, number, number];
  const before = past.shape[2] ?? 0;
  if (past.type !== now.type || past.shape.join() !== [batch, heads, before, size].join()) {
    throw invalid(node, `its past is [${past.shape.join(', ')}] beside [${now.shape.join(', ')}]`);
  }
  const all = allocate(node, now.type, [batch, heads, before + steps, size]);
  for (let plane = 0; plane < batch * heads; plane++) {
    const at = plane * (before + steps) * size;
    all.data.set(past.data.subarray(plane * before * size, (plane + 1) * before * size), at);
    all.data.set(now.data.subarray(plane * steps * size, (plane + 1) * steps * size), at + before * size);
  }
  return all;
}

/** What the mask adds to a score: the value of a float mask, 0 or minus infinity of a truth value. */
function biasOf(node: Node, mask: Tensor | undefined, shape: Shape) {
  if (!mask) return () => 0;
  requireType(node, mask, ['bool', 'float32', 'float64']);
  const columns = mask.shape.at(-1)!;
  const target = columns === 1 ? shape : shape.with(3, columns);
  if (columns > shape.at(-1)! || !stretchesTo(mask.shape, target))
    throw invalid(node, 'its mask does not fit');
  const [b, h, i, j] = broadcastStrides(mask.shape, target) as [number, number, number, number];
  return (batch: number, head: number, query: number, key: number): number => {
    // A mask shorter than the keys hides the rest.
    if (columns !== 1 && key >= columns) return -Infinity;
    const value = mask.data[batch * b + head * h + query * i + key * j]!;
    return mask.type === 'bool' ? (value ? 0 : -Infinity) : value;
  };
}
