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
static const u32 K[16] = {0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
                          0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174};
#define R(x, n) (((x) >> (n)) | ((x) << (32 - (n))))
static __attribute__((noinline)) int f(int k) {
  u32 w[64], s[8];
  for (int i = 0; i < 16; i++)
    w[i] = (u32)a[4 * i] << 24 | (u32)a[4 * i + 1] << 16 | (u32)a[4 * i + 2] << 8 | a[4 * i + 3];
  for (int i = 16; i < 64; i++) {
    u32 p = R(w[i - 15], 7) ^ R(w[i - 15], 18) ^ (w[i - 15] >> 3), q = R(w[i - 2], 17) ^ R(w[i - 2], 19) ^ (w[i - 2] >> 10);
    w[i] = w[i - 16] + p + w[i - 7] + q;
  }
  for (int i = 0; i < 8; i++) s[i] = K[i] ^ (u32)k;
  for (int i = 0; i < 64; i++) {
    u32 t = s[7] + (R(s[4], 6) ^ R(s[4], 11) ^ R(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + K[i & 15] + w[i];
    u32 v = (R(s[0], 2) ^ R(s[0], 13) ^ R(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    for (int j = 7; j > 0; j--) s[j] = s[j - 1];
    s[4] += t;
    s[0] = t + v;
  }
  u32 h = 0;
  for (int i = 0; i < 8; i++) h ^= s[i];
  return (int)h;
}
__attribute__((export_name("run"))) int run(int n) {
  fill();
  int h = 0;
  for (int k = 0; k < n; k++) h = (int)((u32)h * 31u + (u32)f(k));
  return h;
}
