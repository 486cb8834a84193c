/** Sets of small numbers as bits. */
export type Bits = Uint32Array;

export const bits = (n: number): Bits => new Uint32Array((n + 31) >>> 5);
export const has = (s: Bits, i: number): boolean => (s[i >>> 5]! & (1 << (i & 31))) !== 0;
export const add = (s: Bits, i: number): void => {
  s[i >>> 5]! |= 1 << (i & 31);
};
export const remove = (s: Bits, i: number): void => {
  s[i >>> 5]! &= ~(1 << (i & 31));
};

/** Adds all of another set; whether that changed anything. */
export function addAll(to: Bits, from: Bits): boolean {
  let changed = 0;
  for (let w = 0; w < to.length; w++) {
    const before = to[w]!;
    const now = before | from[w]!;
    changed |= before ^ now;
    to[w] = now;
  }
  return changed !== 0;
}

export function each(s: Bits, visit: (i: number) => void): void {
  for (let w = 0; w < s.length; w++)
    for (let rest = s[w]!; rest !== 0; rest &= rest - 1) visit((w << 5) + 31 - Math.clz32(rest & -rest));
}
