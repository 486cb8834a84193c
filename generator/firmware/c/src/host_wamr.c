/* SPDX-License-Identifier: Apache-2.0
 *
 * Host of a kernel under WAMR, interpreted or compiled ahead of time (ESC_WAMR_AOT). All memory comes from one static pool.
 *
 * The module stays in flash. WAMR's ordinary loader writes into the module that it is given; loading section by section does
 * not, except that the classic interpreter rewrites the code, so it gets a copy of that one section (ESC_WAMR_CLASSIC).
 */
#include <string.h>

#include "escapement/kernel.h"
#include "host.h"
#include "kernel_config.h"
#ifdef ESC_WAMR_AOT
#include "kernel_aot.h"
#else
#include "kernel_wasm.h"
#endif
#include "wasm_export.h"

static uint8_t pool[ESC_WAMR_POOL_BYTES] __attribute__((aligned(8)));
static wasm_module_inst_t instance;
static wasm_exec_env_t environment;
static wasm_function_inst_t functions[ESC_FUNCTIONS];

#ifdef ESC_WAMR_AOT
static uint8_t image[KERNEL_AOT_BYTES] __attribute__((aligned(8)));

static wasm_module_t load(char *error, uint32_t bytes) {
  memcpy(image, kernel_aot, sizeof image); /* the AOT loader relocates in place */
  return wasm_runtime_load(image, sizeof image, error, bytes);
}
#else
#define CODE_SECTION 10
static wasm_section_t sections[ESC_WASM_SECTIONS];
#ifdef ESC_WAMR_CLASSIC
static uint8_t code[ESC_WASM_CODE_BYTES];
#endif

static uint32_t unsigned_leb128(const uint8_t **at) {
  uint32_t value = 0, shift = 0;
  uint8_t byte;
  do {
    byte = *(*at)++;
    value |= (uint32_t)(byte & 0x7f) << shift;
    shift += 7;
  } while (byte & 0x80);
  return value;
}

static wasm_module_t load(char *error, uint32_t bytes) {
  const uint8_t *at = kernel_wasm + 8;
  uint32_t count = 0;
  while (at < kernel_wasm + KERNEL_WASM_BYTES && count < ESC_WASM_SECTIONS) {
    wasm_section_t *section = &sections[count];
    section->section_type = *at++;
    section->section_body_size = unsigned_leb128(&at);
    section->section_body = (uint8_t *)(uintptr_t)at;
    section->next = 0;
    if (count > 0) sections[count - 1].next = section;
#ifdef ESC_WAMR_CLASSIC
    if (section->section_type == CODE_SECTION) {
      memcpy(code, at, sizeof code);
      section->section_body = code;
    }
#endif
    at += section->section_body_size;
    count++;
  }
  return wasm_runtime_load_from_sections(sections, false, error, bytes);
}
#endif

int32_t esc_host_open(void) {
  static const char *const names[ESC_FUNCTIONS] = ESC_FUNCTION_NAMES;
  static RuntimeInitArgs init;
  char error[64];
  wasm_module_t module;
  int i;
  if (environment) return ESCAPEMENT_OK;
  init.mem_alloc_type = Alloc_With_Pool;
  init.mem_alloc_option.pool.heap_buf = pool;
  init.mem_alloc_option.pool.heap_size = sizeof pool;
  if (!wasm_runtime_full_init(&init)) return ESCAPEMENT_NO_MEMORY;
  module = load(error, sizeof error);
  if (!module) return ESCAPEMENT_WRONG_KERNEL;
  instance = wasm_runtime_instantiate(module, ESC_WAMR_STACK_BYTES, 0, error, sizeof error);
  if (!instance) return ESCAPEMENT_NO_MEMORY;
  environment = wasm_runtime_create_exec_env(instance, ESC_WAMR_STACK_BYTES);
  if (!environment) return ESCAPEMENT_NO_MEMORY;
  for (i = 0; i < ESC_FUNCTIONS; i++) functions[i] = wasm_runtime_lookup_function(instance, names[i]);
  return ESCAPEMENT_OK;
}

int32_t esc_host_call(esc_function function, int32_t *result) {
  uint32_t cells[2] = {0, 0};
  if (function >= ESC_FUNCTIONS || !functions[function]) return ESCAPEMENT_NOT_SUPPORTED;
  if (!wasm_runtime_call_wasm(environment, functions[function], 0, cells)) {
    wasm_runtime_clear_exception(instance);
    return ESCAPEMENT_TRAPPED;
  }
  *result = (int32_t)cells[0];
  return ESCAPEMENT_OK;
}

void *esc_host_write(uint32_t address, uint32_t bytes) {
  if (!instance || !wasm_runtime_validate_app_addr(instance, address, bytes)) {
    if (instance) wasm_runtime_clear_exception(instance);
    return 0;
  }
  return wasm_runtime_addr_app_to_native(instance, address);
}

const void *esc_host_read(uint32_t address, uint32_t bytes) { return esc_host_write(address, bytes); }
