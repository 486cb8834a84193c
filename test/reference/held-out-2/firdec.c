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
static i16 line[32];
static i32 taps[32];
static __attribute__((noinline)) int f(int k) {
  int r = 0, at = 0;
  for (int i = 0; i < 32; i++) taps[i] = (i8)b[i];
  for (int i = 0; i < 96; i++) {
    line[at] = (i16)(a[i] - 128 + k);
    at = (at + 1) & 31;
    if (i & 1) continue;
    i32 acc = 0;
    for (int t = 0; t < 32; t++) acc += line[(at + t) & 31] * taps[t];
    r += acc >> 8;
  }
  return r;
}
__attribute__((export_name("run"))) int run(int n) {
  fill();
  int h = 0;
  for (int k = 0; k < n; k++) h = (int)((u32)h * 31u + (u32)f(k));
  return h;
}
