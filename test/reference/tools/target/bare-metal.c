/*
 * Runs a kernel on QEMU's mps2-an386 (Cortex-M4) without an operating system: vector table, start, semihosting (Arm's
 * "Semihosting for AArch32", operations 0x04, 0x15, 0x18), and the part of wasm-rt.h that wasm2c's code needs.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "kernel.h"
#include "call.h"

extern char __bss_start__, __bss_end__, __stack, end;

static int semihost(int operation, const void *argument) {
  register int r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}
static void print(const char *text) { semihost(0x04, text); }
static void leave(void) {
  semihost(0x18, (void *)0x20026);
  for (;;) {}
}

/* The number behind the program's name on the command line. */
static int argument(void) {
  static char line[256];
  struct { char *text; int bytes; } block = {line, sizeof line};
  semihost(0x15, &block);
  const char *s = line;
  while (*s && *s != ' ') s++;
  return atoi(s);
}

#ifdef FIRMWARE /* generator/firmware/c/src/wasm-rt.h brings the rest */
uint8_t escapement_memory[ESC_RAM_BYTES] __attribute__((aligned(8)));
#define memory escapement_memory
#else
static unsigned char memory[MEMORY_BYTES] __attribute__((aligned(8)));
uint32_t wasm_rt_call_stack_depth;
void wasm_rt_init(void) {}
bool wasm_rt_is_initialized(void) { return 1; }
uint32_t wasm_rt_register_func_type(uint32_t params, uint32_t results, ...) { return 1; }
void wasm_rt_free_memory(wasm_rt_memory_t *m) {}
#endif
void wasm_rt_trap(wasm_rt_trap_t trap) {
  print("trap\n");
  leave();
  for (;;) {}
}
void wasm_rt_allocate_memory(wasm_rt_memory_t *m, uint32_t pages, uint32_t most) {
  m->data = memory;
  m->pages = pages;
  m->max_pages = most;
  m->size = sizeof memory;
}

static void print_number(int value) {
  char text[16], *p = text + 15;
  unsigned rest = value < 0 ? 0u - (unsigned)value : (unsigned)value;
  *p = 0;
  *--p = '\n';
  do *--p = '0' + rest % 10; while (rest /= 10);
  if (value < 0) *--p = '-';
  print(p);
}

void reset_handler(void) {
  static Z_k_instance_t instance;
  for (char *p = &__bss_start__; p < &__bss_end__; p++) *p = 0;
  *(volatile uint32_t *)0xE000ED88 |= 0xF << 20; /* the floating-point unit on */
  __asm__ volatile("dsb; isb");
  Z_k_init_module();
  Z_k_instantiate(&instance);
  print_number((int)call(&instance, argument()));
  leave();
}
static void fault(void) {
  print("fault\n");
  leave();
}
__attribute__((section(".vectors"), used)) void *const vectors[16] = {
  &__stack, reset_handler, fault, fault, fault, fault, fault, fault,
  fault, fault, fault, fault, fault, fault, fault, fault,
};
void *_sbrk(ptrdiff_t bytes) {
  static char *heap = &end;
  char *old = heap;
  heap += bytes;
  return old;
}
