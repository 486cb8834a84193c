/**
 * `minimap.raw` of a .ppk2 file: the whole recording as at most 10,000 pairs of least and greatest current. A power of
 * two of samples makes an element; x is the mean time of its samples in microseconds, y is in nanoamperes and never
 * below 200 (the axis is logarithmic).
 */
export interface Minimap {
  lastElementFoldCount: number;
  data: { length: number; min: Point[]; max: Point[] };
  maxNumberOfElements: number;
  numberOfTimesToFold: number;
}

interface Point {
  x: number;
  y: number;
}

const maxNumberOfElements = 10_000;
const leastNa = 200;

export function minimap(currentUa: Float32Array, samplesPerSecond: number): Minimap {
  let fold = 1;
  // The reader folds as soon as its arrays are full.
  while (Math.ceil(currentUa.length / fold) >= maxNumberOfElements) fold *= 2;
  const min: Point[] = [];
  const max: Point[] = [];
  const periodUs = 1e6 / samplesPerSecond;
  for (let start = 0; start < currentUa.length; start += fold) {
    const end = Math.min(currentUa.length, start + fold);
    let [least, greatest] = [Infinity, -Infinity];
    for (let index = start; index < end; index++) {
      const na = Math.max(leastNa, currentUa[index]! * 1e3);
      least = Math.min(least, na);
      greatest = Math.max(greatest, na);
    }
    const x = ((start + end - 1) / 2) * periodUs;
    min.push({ x, y: least });
    max.push({ x, y: greatest });
  }
  return {
    lastElementFoldCount: currentUa.length % fold,
    data: { length: min.length, min, max },
    maxNumberOfElements,
    numberOfTimesToFold: fold,
  };
}
