import type { Section } from './butterworth.ts';

/** Float meaning of a filter: sections one after the other on samples minus the first one, state zero at the start. */
export function filterFloat(sections: readonly Section[], samples: Float64Array): Float64Array {
  let stream = samples.map((x) => x - samples[0]);
  for (const [b0, b1, b2, , a1, a2] of sections) {
    let s1 = 0;
    let s2 = 0;
    stream = stream.map((x) => {
      const y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      return y;
    });
  }
  return stream;
}
