/* Scripts of a watch face on a small stack machine: bytes of code, a stack of values, one of returns, sixteen cells; words that call words: common divisor, root, sum of digits, hailstone numbers, the middle of five by sorting; stacks are watched, a quotient by zero stops it. -O2. */
#include <stdint.h>

enum {
  HALT, LIT, WIDE, DUP, DROP, SWAP, OVER, ADD, SUB, MUL, DIV, MOD, AND,
  SHR, LESS, EQUAL, NOT, JUMP, UNLESS, CALL, RETURN, FETCH, STORE, TO, FROM
};
enum { GCD = 0, ROOT = 10, DIGITS = 66, HAIL = 101, SORT = 163, MAIN = 198, DEPTH = 24 };

static const uint8_t code[] = {
  /* 0 gcd */ DUP, UNLESS, 8, SWAP, OVER, MOD, JUMP, 0,
  /* 8 gcd1 */ DROP, RETURN,
  /* 10 root */ LIT, 0, STORE, LIT, 0, LIT, 1, STORE, LIT, 64, LIT, 2, STORE,
  /* 23 root1 */ LIT, 2, FETCH, UNLESS, 62, LIT, 1, FETCH, LIT, 2, FETCH, ADD, DUP, DUP, MUL, LIT, 0, FETCH, SWAP, LESS, UNLESS, 48, DROP, JUMP, 51,
  /* 48 root4 */ LIT, 1, STORE,
  /* 51 root2 */ LIT, 2, FETCH, LIT, 1, SHR, LIT, 2, STORE, JUMP, 23,
  /* 62 root3 */ LIT, 1, FETCH, RETURN,
  /* 66 digits */ LIT, 0, TO,
  /* 69 digits1 */ DUP, UNLESS, 84, DUP, LIT, 10, MOD, FROM, ADD, TO, LIT, 10, DIV, JUMP, 69,
  /* 84 digits2 */ DROP, FROM, RETURN,
  /* 87 half */ LIT, 1, SHR, RETURN,
  /* 91 grow */ DUP, LIT, 3, MUL, LIT, 1, ADD, SWAP, DROP, RETURN,
  /* 101 hail */ LIT, 0, SWAP,
  /* 104 hail1 */ DUP, LIT, 1, EQUAL, NOT, UNLESS, 130, SWAP, LIT, 1, ADD, SWAP, DUP, LIT, 1, AND, UNLESS, 126, CALL, 91, JUMP, 104,
  /* 126 hail2 */ CALL, 87, JUMP, 104,
  /* 130 hail3 */ DROP, RETURN,
  /* 132 swap */ DUP, FETCH, OVER, LIT, 1, ADD, FETCH, OVER, OVER, SWAP, LESS, UNLESS, 159, LIT, 15, STORE, OVER, LIT, 1, ADD, STORE, LIT, 15, FETCH, SWAP, STORE, RETURN,
  /* 159 swap1 */ DROP, DROP, DROP, RETURN,
  /* 163 sort */ LIT, 5,
  /* 165 sort1 */ LIT, 1, SUB, DUP, UNLESS, 193, LIT, 0,
  /* 173 sort2 */ OVER, OVER, SWAP, LESS, UNLESS, 190, DUP, LIT, 4, ADD, CALL, 132, LIT, 1, ADD, JUMP, 173,
  /* 190 sort3 */ DROP, JUMP, 165,
  /* 193 sort4 */ DROP, LIT, 6, FETCH, RETURN,
  /* 198 main */ CALL, 0, CALL, 66, RETURN,
};
/* values each instruction needs */
static const uint8_t needs[] = {0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 0, 1, 0, 0, 1, 2, 1, 0};

typedef struct {
  int32_t values[DEPTH], cells[16];
  uint16_t returns[DEPTH];
  int depth, calls;
} Machine;

static Machine machine;

/* 0 when the word has returned, else what went wrong. */
static int execute(Machine *m, unsigned pc) {
  m->calls = 0;
  for (;;) {
    unsigned op = code[pc++];
    if (m->depth < needs[op]) return 1;
    if (m->depth >= DEPTH - 1 || m->calls >= DEPTH - 1) return 2;
    int32_t *top = m->values + m->depth - 1;
    switch (op) {
      case LIT: top[1] = code[pc++]; m->depth++; break;
      case WIDE: top[1] = code[pc] | code[pc + 1] << 8; pc += 2; m->depth++; break;
      case DUP: top[1] = top[0]; m->depth++; break;
      case DROP: m->depth--; break;
      case SWAP: { int32_t t = top[0]; top[0] = top[-1]; top[-1] = t; break; }
      case OVER: top[1] = top[-1]; m->depth++; break;
      case ADD: top[-1] += top[0]; m->depth--; break;
      case SUB: top[-1] -= top[0]; m->depth--; break;
      case MUL: top[-1] *= top[0]; m->depth--; break;
      case DIV:
        if (!top[0]) return 3;
        top[-1] /= top[0];
        m->depth--;
        break;
      case MOD:
        if (!top[0]) return 3;
        top[-1] %= top[0];
        m->depth--;
        break;
      case AND: top[-1] &= top[0]; m->depth--; break;
      case SHR: top[-1] >>= top[0] & 31; m->depth--; break;
      case LESS: top[-1] = top[-1] < top[0]; m->depth--; break;
      case EQUAL: top[-1] = top[-1] == top[0]; m->depth--; break;
      case NOT: top[0] = !top[0]; break;
      case JUMP: pc = code[pc]; break;
      case UNLESS: pc = top[0] ? pc + 1 : code[pc]; m->depth--; break;
      case CALL: m->returns[m->calls++] = (uint16_t)(pc + 1); pc = code[pc]; break;
      case RETURN:
        if (!m->calls) return 0;
        pc = m->returns[--m->calls];
        break;
      case FETCH: top[0] = m->cells[top[0] & 15]; break;
      case STORE: m->cells[top[0] & 15] = top[-1]; m->depth -= 2; break;
      case TO: m->returns[m->calls++] = (uint16_t)top[0]; m->depth--; break;
      case FROM:
        if (!m->calls) return 4;
        top[1] = m->returns[--m->calls];
        m->depth++;
        break;
      default: return 5;
    }
  }
}

static int32_t ask(unsigned word, int count, int32_t a, int32_t b) {
  Machine *m = &machine;
  m->depth = 0;
  if (count > 0) m->values[m->depth++] = a;
  if (count > 1) m->values[m->depth++] = b;
  int wrong = execute(m, word);
  if (wrong) return -100 - wrong;
  return m->depth ? m->values[m->depth - 1] : -1;
}

__attribute__((export_name("run"))) int run(int n) {
  uint32_t h = 0, s = 1970;
  for (int k = 0; k < n; k++) {
    s = s * 1664525u + 1013904223u;
    h = h * 31u + (uint32_t)ask(GCD, 2, (int32_t)(s >> 16), (int32_t)(s & 4095));
    h = h * 31u + (uint32_t)ask(ROOT, 1, (int32_t)(s >> 18), 0);
    h = h * 31u + (uint32_t)ask(DIGITS, 1, (int32_t)(s >> 12), 0);
    h = h * 31u + (uint32_t)ask(MAIN, 2, (int32_t)(s >> 20) * 12, (int32_t)(s >> 8 & 255) * 18);
    h = h * 31u + (uint32_t)ask(HAIL, 1, (int32_t)(s >> 28) + 5, 0);
    for (int i = 4; i < 9; i++) {
      s = s * 1664525u + 1013904223u;
      machine.cells[i] = (int32_t)s >> 20;
    }
    h = h * 31u + (uint32_t)ask(SORT, 0, 0, 0);
    for (int i = 4; i < 9; i++) h = h * 31u + (uint32_t)machine.cells[i];
    if (s >> 30 == 3) h = h * 31u + (uint32_t)ask(DIGITS, 0, 0, 0); /* an empty stack */
  }
  return (int)h;
}
