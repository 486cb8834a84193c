/*
 * QEMU TCG plugin (API version 1, QEMU 6 to 8.0): which translated blocks ran, in order.
 *
 *   blocks=FILE   a line an instruction: block, address, executions, executions that fell through, first of block, encoding
 *   order=FILE    32-bit block numbers in the order of execution
 *
 * Debian does not package qemu-plugin.h; what is used of it is declared here (docs/devel/tcg-plugins in QEMU).
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint64_t qemu_plugin_id_t;
typedef struct qemu_info_t qemu_info_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, struct qemu_plugin_tb *));
extern void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *, void (*)(unsigned, void *), int flags, void *);
extern void qemu_plugin_register_atexit_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, void *), void *);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);
extern const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *);
extern size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *);

#define EXPORT __attribute__((visibility("default")))
EXPORT int qemu_plugin_version = 1;

struct insn { uint32_t address; uint8_t bytes; uint8_t encoding[4]; };
struct block { struct block *next; uint64_t runs, fell; uint32_t id; size_t n; struct insn insns[]; };

static struct block *all, *before;
static uint32_t blocks;
static const char *blocks_path;
static FILE *order;

static void on_run(unsigned cpu, void *data) {
  struct block *b = data;
  b->runs++;
  if (order) fwrite(&b->id, sizeof b->id, 1, order);
  if (before) {
    const struct insn *last = &before->insns[before->n - 1];
    if (last->address + last->bytes == b->insns[0].address) before->fell++;
  }
  before = b;
}

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb) {
  size_t n = qemu_plugin_tb_n_insns(tb);
  struct block *b = calloc(1, sizeof *b + n * sizeof b->insns[0]);
  if (!b) abort();
  b->n = n;
  b->id = blocks++;
  b->next = all;
  all = b;
  for (size_t k = 0; k < n; k++) {
    struct qemu_plugin_insn *i = qemu_plugin_tb_get_insn(tb, k);
    size_t bytes = qemu_plugin_insn_size(i);
    b->insns[k].address = qemu_plugin_insn_vaddr(i);
    b->insns[k].bytes = bytes;
    memcpy(b->insns[k].encoding, qemu_plugin_insn_data(i), bytes < 4 ? bytes : 4);
  }
  qemu_plugin_register_vcpu_tb_exec_cb(tb, on_run, 0, b);
}

static void at_exit(qemu_plugin_id_t id, void *data) {
  FILE *f = fopen(blocks_path, "w");
  if (!f) abort();
  for (struct block *b = all; b; b = b->next)
    for (size_t k = 0; b->runs && k < b->n; k++) {
      const struct insn *i = &b->insns[k];
      unsigned long long fell = k + 1 == b->n ? b->fell : b->runs;
      fprintf(f, "%u %x %llu %llu %d ", b->id, i->address, (unsigned long long)b->runs, fell, k == 0);
      for (int at = 0; at < i->bytes; at++) fprintf(f, "%02x", i->encoding[at]);
      fputc('\n', f);
    }
  fclose(f);
  if (order) fclose(order);
}

EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv) {
  for (int k = 0; k < argc; k++) {
    if (!strncmp(argv[k], "blocks=", 7)) blocks_path = strdup(argv[k] + 7);
    if (!strncmp(argv[k], "order=", 6)) order = fopen(argv[k] + 6, "wb");
  }
  if (!blocks_path) return 1;
  qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
  qemu_plugin_register_atexit_cb(id, at_exit, 0);
  return 0;
}
