/* SPDX-License-Identifier: Apache-2.0
 *
 * Start-up and semihosting for QEMU's mps2-an386. Semihosting operations: Arm, "Semihosting for AArch32 and AArch64",
 * section 6 (0x04 SYS_WRITE0, 0x18 SYS_EXIT).
 */
#include <stdint.h>

#include "platform.h"

extern uint32_t data_load, data_start, data_end, bss_start, bss_end, stack_bottom, stack_top;
int main(void);

static int semihosting(int operation, const void *argument) {
  register int r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

void platform_print(const char *text) { semihosting(0x04, text); }

void platform_exit(void) {
  semihosting(0x18, (const void *)0x20026); /* ADP_Stopped_ApplicationExit */
  for (;;) {
  }
}

#define PAINT 0x5aa55aa5u
/* Painted below the caller's frame; what is still paint afterwards was never used. */
static uintptr_t painted_top;

void platform_paint_stack(void) {
  uint32_t *p = &stack_bottom;
  uintptr_t stack;
  __asm__ volatile("mov %0, sp" : "=r"(stack));
  painted_top = stack - 64; /* this function's own frame stays as it is */
  while ((uintptr_t)p < painted_top) *p++ = PAINT;
}

unsigned platform_stack_used(void) {
  const uint32_t *p = &stack_bottom;
  while ((uintptr_t)p < painted_top && *p == PAINT) p++;
  return (unsigned)(painted_top + 64 - (uintptr_t)p);
}

void reset_handler(void) {
  uint32_t *from = &data_load;
  uint32_t *to;
  for (to = &data_start; to < &data_end;) *to++ = *from++;
  for (to = &bss_start; to < &bss_end;) *to++ = 0;
  *(volatile uint32_t *)0xE000ED88 |= 0xFu << 20; /* CPACR: the FPU is on, as on a watch */
  __asm__ volatile("dsb\n\tisb");
  main();
  platform_exit();
}

static void fault(void) {
  platform_print("fault\n");
  platform_exit();
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &stack_top, reset_handler, fault, fault, fault, fault, fault, fault,
    fault,      fault,         fault, fault, fault, fault, fault, fault};
