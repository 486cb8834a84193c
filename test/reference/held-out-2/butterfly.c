typedef signed char i8; typedef unsigned char u8; typedef short i16; typedef unsigned short u16;
typedef int i32; typedef unsigned u32; typedef long long i64; typedef unsigned long long u64;
static u8 a[4096], b[4096];
static void fill(void) {
  u32 s = 987654;
  for (int i = 0; i < 4096; i++) {
    s = s * 1664525u + 1013904223u;
    a[i] = s >> 24;
    b[i] = s >> 16;
  }
}
static i16 re[64], im[64];
static __attribute__((noinline)) int f(int k) {
  for (int i = 0; i < 64; i++) {
    re[i] = (i16)((i8)a[i] * 64 + k);
    im[i] = (i8)b[i];
  }
  for (int len = 64, step = 1; len >= 2; len >>= 1, step <<= 1)
    for (int i = 0; i < 64; i += len)
      for (int j = 0; j < len / 2; j++) {
        int p = i + j, q = p + len / 2;
        i32 ar = re[p] + re[q], ai = im[p] + im[q], br = re[p] - re[q], bi = im[p] - im[q];
        i32 c = (i8)b[j * step], s = (i8)b[64 + j * step];
        re[p] = ar >> 1;
        im[p] = ai >> 1;
        re[q] = (br * c - bi * s) >> 8;
        im[q] = (br * s + bi * c) >> 8;
      }
  return re[5] * 3 + im[9];
}
__attribute__((export_name("run"))) int run(int n) {
  fill();
  int h = 0;
  for (int k = 0; k < n; k++) h = (int)((u32)h * 31u + (u32)f(k));
  return h;
}
