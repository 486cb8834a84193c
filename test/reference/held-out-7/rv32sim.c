/* A simulator of RV32IM for scripts on a sensor hub: fetch, fields, one choice by opcode and one by function; the guest sorts twelve words by insertion, then sums them with multiplication and rest. -O2. */
#include <stdint.h>

#define R(f7, rs2, rs1, f3, rd) ((uint32_t)(f7) << 25 | (rs2) << 20 | (rs1) << 15 | (f3) << 12 | (rd) << 7 | 0x33)
#define I(op, imm, rs1, f3, rd) (((uint32_t)(imm)&0xfff) << 20 | (rs1) << 15 | (f3) << 12 | (rd) << 7 | (op))
#define S(imm, rs2, rs1, f3) ((((uint32_t)(imm) >> 5 & 0x7f) << 25) | (rs2) << 20 | (rs1) << 15 | (f3) << 12 | ((uint32_t)(imm)&31) << 7 | 0x23)
#define B(imm, rs2, rs1, f3) \
  (((uint32_t)(imm) >> 12 & 1) << 31 | ((uint32_t)(imm) >> 5 & 63) << 25 | (rs2) << 20 | (rs1) << 15 | (f3) << 12 | ((uint32_t)(imm) >> 1 & 15) << 8 | ((uint32_t)(imm) >> 11 & 1) << 7 | 0x63)
#define ADDI(rd, rs, imm) I(0x13, imm, rs, 0, rd)
#define LW(rd, rs, imm) I(0x03, imm, rs, 2, rd)

/* x10 first word, x11 count in bytes; the sum comes back in x10 */
static const uint32_t program[] = {
  ADDI(5, 0, 4),          /*  0 i = 4 */
  B(48, 11, 5, 5),        /*  4 while i < count */
  R(0, 5, 10, 0, 6),      /*  8   p = first + i */
  LW(7, 6, 0),            /* 12   v = *p */
  B(24, 10, 6, 0),        /* 16   while p != first */
  LW(28, 6, -4),          /* 20     w = p[-1] */
  B(16, 28, 7, 5),        /* 24     if v >= w leave */
  S(0, 28, 6, 2),         /* 28     *p = w */
  ADDI(6, 6, -4),         /* 32     p-- */
  B(-20, 0, 0, 0),        /* 36 */
  S(0, 7, 6, 2),          /* 40   *p = v */
  ADDI(5, 5, 4),          /* 44   i++ */
  (uint32_t)0xfd5ff06f,   /* 48 jal x0, -44 */
  ADDI(5, 0, 0),          /* 52 sum = 0 */
  ADDI(29, 0, 31),        /* 56 */
  ADDI(30, 0, 1021),      /* 60 */
  LW(7, 10, 0),           /* 64 do v = *first++ */
  R(1, 30, 7, 6, 28),     /* 68   v % 1021 */
  R(1, 29, 5, 0, 5),      /* 72   sum *= 31 */
  R(0, 28, 5, 0, 5),      /* 76   sum += rest */
  R(0, 7, 5, 4, 5),       /* 80   sum ^= v */
  ADDI(10, 10, 4),        /* 84 */
  ADDI(11, 11, -4),       /* 88 */
  B(-28, 0, 11, 1),       /* 92 while count */
  ADDI(10, 5, 0),         /* 96 */
  0x00000073,             /* 100 ecall */
};

static uint32_t memory[64];
static uint32_t x[32];
static uint32_t executed;

static uint32_t alu(uint32_t f3, int alternate, uint32_t a, uint32_t b) {
  switch (f3) {
    case 0: return alternate ? a - b : a + b;
    case 1: return a << (b & 31);
    case 2: return (int32_t)a < (int32_t)b;
    case 3: return a < b;
    case 4: return a ^ b;
    case 5: return alternate ? (uint32_t)((int32_t)a >> (b & 31)) : a >> (b & 31);
    case 6: return a | b;
    default: return a & b;
  }
}

static uint32_t multiplied(uint32_t f3, uint32_t a, uint32_t b) {
  switch (f3) {
    case 0: return a * b;
    case 1: return (uint32_t)((int64_t)(int32_t)a * (int32_t)b >> 32);
    case 3: return (uint32_t)((uint64_t)a * b >> 32);
    case 4: return b ? (uint32_t)((int32_t)a / (int32_t)b) : 0xffffffffu;
    case 5: return b ? a / b : 0xffffffffu;
    case 6: return b ? (uint32_t)((int32_t)a % (int32_t)b) : a;
    default: return b ? a % b : a;
  }
}

static int taken(uint32_t f3, uint32_t a, uint32_t b) {
  switch (f3) {
    case 0: return a == b;
    case 1: return a != b;
    case 4: return (int32_t)a < (int32_t)b;
    case 5: return (int32_t)a >= (int32_t)b;
    case 6: return a < b;
    default: return a >= b;
  }
}

static int simulate(void) {
  uint32_t pc = 0;
  for (;;) {
    if (pc / 4 >= sizeof program / sizeof *program) return -1;
    uint32_t op = program[pc / 4], rd = op >> 7 & 31, f3 = op >> 12 & 7;
    uint32_t a = x[op >> 15 & 31], b = x[op >> 20 & 31], out = 0, next = pc + 4;
    executed++;
    switch (op & 0x7f) {
      case 0x33: out = op >> 25 == 1 ? multiplied(f3, a, b) : alu(f3, op >> 30 & 1, a, b); break;
      case 0x13: out = alu(f3, f3 == 5 && op >> 30 & 1, a, (uint32_t)((int32_t)op >> 20)); break;
      case 0x03: out = memory[(a + (uint32_t)((int32_t)op >> 20)) / 4 & 63]; break;
      case 0x23:
        memory[(a + ((uint32_t)((int32_t)op >> 25) << 5 | rd)) / 4 & 63] = b;
        rd = 0;
        break;
      case 0x63:
        if (taken(f3, a, b))
          next = pc + ((uint32_t)((int32_t)op >> 31) << 12 | (op >> 7 & 1) << 11 | (op >> 25 & 63) << 5 | (op >> 8 & 15) << 1);
        rd = 0;
        break;
      case 0x37: out = op & 0xfffff000u; break;
      case 0x17: out = pc + (op & 0xfffff000u); break;
      case 0x6f:
        out = next;
        next = pc + ((uint32_t)((int32_t)op >> 31) << 20 | (op >> 12 & 255) << 12 | (op >> 20 & 1) << 11 | (op >> 21 & 1023) << 1);
        break;
      case 0x67:
        out = next;
        next = (a + (uint32_t)((int32_t)op >> 20)) & ~1u;
        break;
      case 0x73: return 0;
      default: return -2;
    }
    if (rd) x[rd] = out;
    pc = next;
  }
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 17;
  for (int k = 0; k < n; k++) {
    for (int i = 0; i < 12; i++) {
      s = s * 1664525u + 1013904223u;
      memory[8 + i] = (uint32_t)((int32_t)s >> (k & 7));
    }
    x[10] = 32;
    x[11] = 48;
    executed = 0;
    if (simulate()) return -1;
    h = h * 31u + x[10] + executed;
  }
  return (int)h;
}
