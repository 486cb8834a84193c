/**
 * Second moments of what a layer's weights are multiplied with, summed over calibration: H = sum of v v' over samples
 * v = [inputs, 1]. The 1 stands for the bias.
 */
export interface Gram {
  /** Inputs and the 1. */
  size: number;
  /** Lower triangle, row by row: entry (r, c) with c <= r at r * (r + 1) / 2 + c. */
  sums: Float64Array<ArrayBuffer>;
  samples: number;
  /** Largest magnitude of each entry. */
  largest: Float64Array<ArrayBuffer>;
}

export const createGram = (inputs: number): Gram => ({
  size: inputs + 1,
  sums: new Float64Array(((inputs + 1) * (inputs + 2)) / 2),
  samples: 0,
  largest: new Float64Array(inputs + 1),
});

/** The moment of entries r and c of the samples. */
export const moment = ({ sums }: Gram, r: number, c: number): number =>
  sums[r >= c ? (r * (r + 1)) / 2 + c : (c * (c + 1)) / 2 + r];

/** `sample` holds the inputs and, last, the 1. */
export function addSample(gram: Gram, sample: Float64Array): void {
  const { size, sums, largest } = gram;
  for (let r = 0, at = 0; r < size; r++) {
    const v = sample[r];
    if (Math.abs(v) > largest[r]) largest[r] = Math.abs(v);
    if (v === 0) at += r + 1;
    else for (let c = 0; c <= r; c++) sums[at++] += v * sample[c];
  }
  gram.samples += 1;
}
