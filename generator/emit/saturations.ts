/**
 * How often the integer reference had to clamp a value to 16 bits: the twin of the counters in a debug kernel
 * (generator/compile/debug.ts). Ends of function tables and the 1 of a softmax are their meaning, not counted.
 */
let count = 0;

/** Tells that a value was clamped, and gives back what it was clamped to. */
export function saturated(value: number): number {
  count += 1;
  return value;
}

/** The number since the last call. */
export function takeSaturations(): number {
  const taken = count;
  count = 0;
  return taken;
}
