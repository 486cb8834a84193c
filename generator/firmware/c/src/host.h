/* SPDX-License-Identifier: Apache-2.0
 *
 * What kernel.c needs of a runtime: the seam between the typed API and wasm3, WAMR or compiled code.
 */
#ifndef ESCAPEMENT_HOST_H
#define ESCAPEMENT_HOST_H

#include <stdint.h>

/* In the order of ESC_FUNCTION_NAMES. */
typedef enum {
  ESC_RESET,
  ESC_PUSH,
  ESC_SAMPLE,
  ESC_PREPARE,
  ESC_MODEL,
  ESC_DECIDE,
  ESC_INFER,
  ESC_ENROL,
  ESC_FUNCTIONS
} esc_function;

#define ESC_FUNCTION_NAMES \
  { "reset", "push", "sample", "prepare", "model", "decide", "infer", "enrol" }

/* Loads and instantiates the kernel: 0, or a negative escapement_status. */
int32_t esc_host_open(void);

/* Calls an export: 0, or a negative escapement_status when the kernel lacks it or trapped. `result` may be left alone. */
int32_t esc_host_call(esc_function function, int32_t *result);

/* `bytes` bytes of the kernel's memory, to read or to write; a null pointer when they are not all there. */
const void *esc_host_read(uint32_t address, uint32_t bytes);
void *esc_host_write(uint32_t address, uint32_t bytes);

#endif
