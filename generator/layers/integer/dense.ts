/** Twin of assembly/dense.ts. Layouts are drawn there. */
import { sigmoidQ16, tanhQ15 } from './activations.ts';
import { dotFour, dotOne } from './dot.ts';
import { multiplyShift, narrow8, saturate16, saturate8 } from './fixed.ts';

export interface DenseRows {
  steps: number;
  inputs: number;
  outputs: number;
  x: Int16Array | Int8Array;
  xStart: number;
  weights: Int16Array;
  rows: Int32Array;
  shift: number;
  sums: Int32Array;
  y: Int16Array | Int8Array;
  yStart: number;
  /** Bits that y drops, where it has 8; undefined: 16. */
  dropped?: number;
  activation: 'none' | 'relu' | 'tanh' | 'sigmoid';
  /** tanh table, for tanh and sigmoid. */
  table?: Int16Array;
}

export function dense(p: DenseRows): void {
  const { inputs, outputs, rows, shift, sums } = p;
  const squash = squashing(p);
  const finish = (sum: number, r: number): number =>
    squash(multiplyShift(sum + rows[2 * r + 1], rows[2 * r], shift));
  const blocked = outputs & ~3;
  for (let step = 0; step < p.steps; step++) {
    const xAt = p.xStart + step * inputs;
    const yAt = p.yStart + step * outputs;
    for (let r = 0; r < blocked; r += 4) {
      dotFour(p.x, xAt, p.weights, r * inputs, inputs, sums, 0);
      for (let k = 0; k < 4; k++) p.y[yAt + r + k] = finish(sums[k], r + k);
    }
    for (let r = blocked; r < outputs; r++)
      p.y[yAt + r] = finish(dotOne(p.x, xAt, p.weights, r * inputs, inputs), r);
  }
}

function squashing({ activation, table, dropped }: DenseRows): (z: number) => number {
  const saturate = dropped === undefined ? saturate16 : saturate8;
  if (activation === 'none') return saturate;
  if (activation === 'relu') return (z) => Math.max(saturate(z), 0);
  if (!table) throw new Error(`${activation} needs the tanh table`);
  const squash =
    activation === 'tanh' ? (z: number) => tanhQ15(z, table) : (z: number) => sigmoidQ16(z, table) >> 1;
  return dropped === undefined ? squash : (z) => narrow8(squash(z), dropped);
}
