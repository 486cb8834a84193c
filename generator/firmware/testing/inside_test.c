/* SPDX-License-Identifier: Apache-2.0
 *
 * The bounds check of wasm-rt.h against its meaning in 64 bits, around every edge that there is.
 */
#include <stdio.h>

#include "wasm-rt.h"

static int means(uint64_t base, uint64_t offset, uint64_t bytes, uint64_t first, uint64_t end) {
  const uint64_t address = base + offset;
  return address >= first && address + bytes <= end;
}

int main(void) {
  static const uint32_t edges[] = {0, 8, 16, 24, 0x7fffffff, 0x80000000, 0xffffffff};
  static const uint32_t regions[][2] = {{0, 4}, {0, 64}, {16, 24}, {16, 80}, {4096, 4104}, {4096, 70000}, {0, 0x7ffffff0}};
  unsigned long checked = 0, wrong = 0;
  for (unsigned r = 0; r < sizeof regions / sizeof regions[0]; r++) {
    const uint32_t first = regions[r][0], end = regions[r][1];
    uint32_t values[64];
    unsigned n = 0;
    for (int d = -3; d <= 3; d++) {
      values[n++] = first + (uint32_t)d;
      values[n++] = end + (uint32_t)d;
    }
    for (unsigned e = 0; e < sizeof edges / sizeof edges[0]; e++) values[n++] = edges[e];
    for (unsigned e = 1; e <= 9; e++) values[n++] = (uint32_t)-(int32_t)e;
    for (unsigned i = 0; i < n; i++)
      for (unsigned j = 0; j < n; j++)
        for (uint32_t bytes = 1; bytes <= 8; bytes *= 2) {
          checked++;
          wrong += esc_inside(values[i], values[j], bytes, first, end) != means(values[i], values[j], bytes, first, end);
          /* Sums on the far side of 32 bits that land on an edge. */
          checked++;
          wrong += esc_inside(values[i], values[j] - values[i], bytes, first, end) !=
                   means(values[i], values[j] - values[i], bytes, first, end);
        }
  }
  printf("%s, %lu wrong\n", checked > 40000 ? "many" : "few", wrong);
  return 0;
}
