/**
 * Integer square root, digit by digit, in a fixed number of steps and without branches on the value:
 * the time does not tell what was rooted.
 */

/** floor(sqrt(v) * 2^fraction) for v >= 0 and 0 <= fraction <= 28. */
export function isqrt(v: i64, fraction: i32): i64 {
  let root: u64 = 0;
  let rest: u64 = 0; // v so far - root^2, at most 2 * root
  for (let bit: i64 = 62; bit >= 0; bit -= 2) {
    rest = (rest << 2) | (((<u64>v) >> (<u64>bit)) & 3);
    const trial = (root << 2) | 1;
    const digit = <u64>(rest >= trial);
    rest -= trial & (0 - digit);
    root = (root << 1) | digit;
  }
  for (; fraction > 0; fraction--) {
    rest <<= 2;
    const trial = (root << 2) | 1;
    const digit = <u64>(rest >= trial);
    rest -= trial & (0 - digit);
    root = (root << 1) | digit;
  }
  return <i64>root;
}
