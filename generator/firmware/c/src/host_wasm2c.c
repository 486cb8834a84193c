/* SPDX-License-Identifier: Apache-2.0
 *
 * Host of a kernel that wasm2c turned into C: one static memory, no heap. A trap comes back as a status.
 */
#include <setjmp.h>

#include "escapement/kernel.h"
#include "host.h"
#include "kernel_code.h"
#include "kernel_names.h"

uint8_t escapement_memory[ESC_RAM_BYTES] __attribute__((aligned(8)));

static ESC_INSTANCE instance;
static jmp_buf *on_trap;

void wasm_rt_trap(wasm_rt_trap_t code) {
  (void)code;
  if (on_trap) longjmp(*on_trap, 1);
  for (;;) {
  } /* unreachable: the kernel runs only inside esc_host_open and esc_host_call */
}

void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint32_t pages, uint32_t max_pages) {
  memory->data = escapement_memory;
  memory->pages = pages;
  memory->max_pages = max_pages;
  memory->size = ESC_RAM_BYTES;
}

int32_t esc_host_open(void) {
  jmp_buf back;
  if (setjmp(back)) {
    on_trap = 0;
    return ESCAPEMENT_TRAPPED;
  }
  on_trap = &back;
  memset(escapement_memory, 0, sizeof escapement_memory);
  ESC_INSTANTIATE(&instance);
  on_trap = 0;
  return ESCAPEMENT_OK;
}

static int32_t run(esc_function function) {
  switch (function) {
    ESC_CALLS(&instance)
    default:
      return 0;
  }
}

int32_t esc_host_call(esc_function function, int32_t *result) {
  static const uint8_t present[ESC_FUNCTIONS] = ESC_PRESENT;
  jmp_buf back;
  if (function >= ESC_FUNCTIONS || !present[function]) return ESCAPEMENT_NOT_SUPPORTED;
  if (setjmp(back)) {
    on_trap = 0;
    return ESCAPEMENT_TRAPPED;
  }
  on_trap = &back;
  *result = run(function);
  on_trap = 0;
  return ESCAPEMENT_OK;
}

void *esc_host_write(uint32_t address, uint32_t bytes) {
  uint32_t offset = address - ESC_RAM_FIRST; /* wraps around below the first byte */
  if (offset > ESC_RAM_BYTES || bytes > ESC_RAM_BYTES - offset) return 0;
  return escapement_memory + offset;
}

const void *esc_host_read(uint32_t address, uint32_t bytes) {
#ifdef ESC_WEIGHTS_IN_FLASH
  if (address >= ESC_FLASH_FIRST && address <= ESC_FLASH_END && bytes <= ESC_FLASH_END - address)
    return escapement_constants + (address - ESC_FLASH_FIRST);
#endif
  return esc_host_write(address, bytes);
}
