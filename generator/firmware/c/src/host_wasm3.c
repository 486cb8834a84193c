/* SPDX-License-Identifier: Apache-2.0
 *
 * Host of a kernel under wasm3 0.9 or newer. All memory, the kernel's own included, comes from the static heap that wasm3 is
 * built with (d_m3FixedHeap, see CMakeLists.txt); nothing calls malloc.
 */
#include "escapement/kernel.h"
#include "host.h"
#include "kernel_config.h"
#include "kernel_wasm.h"
#include "wasm3.h"

static IM3Runtime runtime;
static IM3Function functions[ESC_FUNCTIONS];

int32_t esc_host_open(void) {
  static const char *const names[ESC_FUNCTIONS] = ESC_FUNCTION_NAMES;
  static IM3Environment environment;
  IM3Module module;
  int i;
  if (runtime) m3_FreeRuntime(runtime); /* what an attempt that failed has left */
  runtime = 0;
  if (!environment) environment = m3_NewEnvironment();
  if (environment) runtime = m3_NewRuntime(environment, ESC_WASM3_STACK_BYTES, 0);
  if (!runtime) return ESCAPEMENT_NO_MEMORY;
  if (m3_ParseModule(environment, &module, kernel_wasm, KERNEL_WASM_BYTES)) return ESCAPEMENT_WRONG_KERNEL;
  if (m3_LoadModule(runtime, module)) {
    m3_FreeModule(module);
    return ESCAPEMENT_NO_MEMORY;
  }
  for (i = 0; i < ESC_FUNCTIONS; i++)
    if (m3_FindFunction(&functions[i], runtime, names[i])) functions[i] = 0;
  /* Translation happens here and not in the first window, where it would be late. */
  return m3_CompileModule(module) ? ESCAPEMENT_NO_MEMORY : ESCAPEMENT_OK;
}

int32_t esc_host_call(esc_function function, int32_t *result) {
  if (function >= ESC_FUNCTIONS || !functions[function]) return ESCAPEMENT_NOT_SUPPORTED;
  if (m3_CallV(functions[function])) return ESCAPEMENT_TRAPPED;
  if (m3_GetRetCount(functions[function]) == 0) return ESCAPEMENT_OK;
  return m3_GetResultsV(functions[function], result) ? ESCAPEMENT_TRAPPED : ESCAPEMENT_OK;
}

void *esc_host_write(uint32_t address, uint32_t bytes) {
  uint32_t size = 0;
  uint8_t *memory = runtime ? m3_GetMemory(runtime, &size, 0) : 0;
  if (!memory || address > size || bytes > size - address) return 0;
  return memory + address;
}

const void *esc_host_read(uint32_t address, uint32_t bytes) { return esc_host_write(address, bytes); }
