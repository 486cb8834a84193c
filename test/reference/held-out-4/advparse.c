/* Bluetooth advertisements: length, type, value; names, services and measurements out of them, malformed ones refused. -Os. */
#include <stdint.h>

static const uint8_t packets[][31] = {
    {2, 1, 6, 3, 3, 0x0d, 0x18, 6, 9, 'w', 'a', 't', 'c', 'h', 7, 0x16, 0x0d, 0x18, 0x10, 72, 0x2c, 0x03, 2, 0x0a, 0xf4, 0},
    {2, 1, 4, 17, 7, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 5, 8, 'r', 'i', 'n', 'g', 0},
    {5, 0xff, 0x4c, 0x00, 0x12, 0x34, 9, 9, 'b', 'a', 'n', 'd', '-', '4', '2', '!', 0},
    {30, 0xff, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29},
    {2, 1, 6, 28, 9, 'c', 'u', 't', 0},
};

struct device {
  uint32_t name;
  uint16_t maker;
  uint8_t flags, services, heart, length;
  int8_t power;
};

static struct device found[5];

static unsigned little(const uint8_t *q) { return q[0] | (unsigned)q[1] << 8; }

static __attribute__((noinline)) int parse(const uint8_t *q, struct device *d) {
  const uint8_t *end = q + 31;
  *d = (struct device){0};
  while (q < end && *q) {
    unsigned length = *q++;
    if (q + length > end) return -1;
    const uint8_t *v = q + 1;
    unsigned count = length - 1;
    switch (*q) {
      case 0x01: d->flags = *v; break;
      case 0x02:
      case 0x03:
        for (; count >= 2; count -= 2, v += 2)
          if (little(v) == 0x180d) d->services |= 1;
        break;
      case 0x06:
      case 0x07:
        if (count & 15) return -2;
        d->services |= 2;
        break;
      case 0x08:
        if (d->name) break;
        /* fall through */
      case 0x09:
        d->length = (uint8_t)count;
        d->name = 2166136261u;
        while (count--) d->name = (d->name ^ *v++) * 16777619u;
        break;
      case 0x0a: d->power = (int8_t)*v; break;
      case 0x16:
        if (count >= 4 && little(v) == 0x180d) d->heart = v[2] & 1 ? (uint8_t)(little(v + 3) >> 1) : v[3];
        break;
      case 0xff:
        if (count < 2) return -3;
        d->maker = (uint16_t)little(v);
        break;
    }
    q += length;
  }
  return d->services * 256 + d->length;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t r = 0;
  for (int k = 0; k < n; k++)
    for (int i = 0; i < 10; i++) {
      struct device *d = &found[(i + k) % 5];
      int code = parse(packets[(i * 3 + k) % 5], d);
      r = r * 31 + (uint32_t)code + d->name + d->maker + d->heart + (uint32_t)d->power;
    }
  return (int)r;
}
