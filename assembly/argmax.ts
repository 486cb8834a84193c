/** The place of the largest value; of equal ones the first. */

export function argmax16(values: usize, length: i32): i32 {
  let best = 0;
  let largest = <i32>load<i16>(values);
  for (let i = 1; i < length; i++) {
    const value = <i32>load<i16>(values + (<usize>i << 1));
    const larger = value > largest;
    best = larger ? i : best;
    largest = larger ? value : largest;
  }
  return best;
}

export function argmax32(values: usize, length: i32): i32 {
  let best = 0;
  let largest = load<i32>(values);
  for (let i = 1; i < length; i++) {
    const value = load<i32>(values + (<usize>i << 2));
    const larger = value > largest;
    best = larger ? i : best;
    largest = larger ? value : largest;
  }
  return best;
}
