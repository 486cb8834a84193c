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
static __attribute__((noinline)) int f(int k) {
  int stack[16], n = 0, r = k;
  for (int i = 0; i < 160; i++) {
    int c = a[i], v = c >> 3;
    switch (c & 7) {
      case 0: if (n < 16) stack[n++] = v; break;
      case 1: if (n > 1) { n--; stack[n - 1] += stack[n]; } break;
      case 2: if (n > 1) { n--; stack[n - 1] ^= stack[n]; } break;
      case 3: if (n > 0) r += stack[--n]; break;
      case 4: if (n > 0) stack[n - 1] = -stack[n - 1]; break;
      case 5: r = r * 3 + v; break;
      case 6: if (n < 15) { stack[n] = r; n++; } break;
      default: r ^= i;
    }
  }
  return r + n;
}
__attribute__((export_name("run"))) int run(int n) {
  fill();
  int h = 0;
  for (int k = 0; k < n; k++) h = (int)((u32)h * 31u + (u32)f(k));
  return h;
}
