/* SPDX-License-Identifier: Apache-2.0
 *
 * Enrolment that survives a power cut: two slots in flash, of which one always holds the last complete template.
 *
 * The caller gives the flash: two areas that erase independently, each at least ESCAPEMENT_SLOT_BYTES.
 * What is stored is not encrypted and not authenticated: see docs/security.md of Escapement.
 */
#ifndef ESCAPEMENT_STORE_H
#define ESCAPEMENT_STORE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Each function returns 0, or anything else when the flash failed. `slot` is 0 or 1, `offset` counts from its start. */
typedef struct {
  void *context;
  int (*read)(void *context, int slot, uint32_t offset, void *to, uint32_t bytes);
  /* Offset and length are multiples of 16; the bytes were erased before and are written once. */
  int (*write)(void *context, int slot, uint32_t offset, const void *from, uint32_t bytes);
  /* Erased bytes read as 0xff. */
  int (*erase)(void *context, int slot);
} escapement_flash;

/* Saves the template of the open kernel: 0 or a negative escapement_status. The other slot keeps the previous one. */
int32_t escapement_save(const escapement_flash *flash);

/* Gives the newest complete template to the open kernel: 0, ESCAPEMENT_EMPTY, ESCAPEMENT_OTHER_MODEL, ... */
int32_t escapement_load(const escapement_flash *flash);

/* Erases both slots, the one with the newest template last. */
int32_t escapement_forget(const escapement_flash *flash);

#ifdef __cplusplus
}
#endif

#endif
