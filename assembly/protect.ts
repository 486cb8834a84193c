/**
 * Protected templates: signs of random projections that a secret key draws (a keyed form of biometric hashing). Bit k is 1 where the sum over the
 * features of +-(x - centre) is positive, the signs being bits k features .. of the key stream. TypeScript twin: generator/features/protect.ts.
 */
import { chacha20 } from "./chacha20";

/** Whether a key has been given: all zeros is none. */
export function hasKey(key: usize): i32 {
  let any = 0;
  for (const end = key + 32; key < end; key += 4) any |= load<i32>(key);
  return <i32>(any != 0);
}

/** x, centre: i16[features]; y: i32[words]; block: i32[16] */
export function protect(x: usize, features: i32, centre: usize, key: usize, words: i32, block: usize, y: usize): void {
  let counter = 0;
  let left = 0;
  let stream = 0;
  for (let word = 0; word < words; word++) {
    let bits = 0;
    for (let bit = 0; bit < 32; bit++) {
      let sum = 0;
      for (let at: usize = 0; at < <usize>features << 1; at += 2) {
        if ((left & 31) == 0) {
          if (left == 0) {
            chacha20(key, counter, block);
            counter += 1;
            left = 512;
          }
          stream = load<i32>(block + (<usize>(512 - left) >> 3));
        }
        const d = <i32>load<i16>(x + at) - <i32>load<i16>(centre + at);
        const sign = stream & 1;
        sum += (d ^ -sign) + sign;
        stream = <i32>(<u32>stream >> 1);
        left -= 1;
      }
      bits |= <i32>(sum > 0) << bit;
    }
    store<i32>(y, bits);
    y += 4;
  }
}
