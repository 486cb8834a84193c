/* SPDX-License-Identifier: Apache-2.0
 *
 * Cuts the power at every byte that store.c erases or writes, on a simulated NOR flash, and looks at what can be loaded after.
 *
 *     store_test cuts           all cuts, in all states of the slots: prints how many
 *     store_test flips          every byte of the newest slot turned over
 *     store_test save FILE 7    saves template number 7 into a flash image
 *     store_test load FILE      prints the status of loading from it, and the template's number
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "escapement/kernel.h"
#include "escapement/store.h"

#define SLOT (ESCAPEMENT_SLOT_BYTES + 64)

static uint8_t flash[2][SLOT];
static long budget = -1; /* bytes until the power fails; -1 never */
static long used;
static uint32_t noise = 1;

static uint8_t garbage(void) {
  noise = noise * 1664525u + 1013904223u;
  return (uint8_t)(noise >> 24);
}

/* One byte of work: 0 when the power is still on. */
static int spend(void) {
  used++;
  if (budget < 0) return 0;
  return budget-- == 0 ? (budget = 0, 1) : 0;
}

static int flash_read(void *context, int slot, uint32_t offset, void *to, uint32_t bytes) {
  (void)context;
  if (offset + bytes > SLOT) return 1;
  memcpy(to, flash[slot] + offset, bytes);
  return 0;
}

static int flash_write(void *context, int slot, uint32_t offset, const void *from, uint32_t bytes) {
  const uint8_t *at = from;
  uint32_t i;
  (void)context;
  if (offset % 16 != 0 || bytes % 16 != 0 || offset + bytes > SLOT) return 1;
  for (i = 0; i < bytes; i++) {
    if (spend()) {
      flash[slot][offset + i] &= (uint8_t)(at[i] | garbage()); /* some bits made it */
      return 1;
    }
    if (flash[slot][offset + i] != 0xff) return 1; /* NOR: only erased bytes are written */
    flash[slot][offset + i] &= at[i];
  }
  return 0;
}

static int flash_erase(void *context, int slot) {
  uint32_t i, k;
  (void)context;
  for (i = 0; i < SLOT; i++) {
    if (spend()) {
      for (k = i; k < SLOT; k++) flash[slot][k] = garbage(); /* half-erased cells read as anything */
      return 1;
    }
    flash[slot][i] = 0xff;
  }
  return 0;
}

static const escapement_flash driver = {0, flash_read, flash_write, flash_erase};

/* The kernel: a template whose bytes say which one it is. */
static uint8_t template_bytes[ESCAPEMENT_TEMPLATE_BYTES];

static void make_template(uint8_t number) {
  uint32_t i;
  for (i = 0; i < sizeof template_bytes; i++) template_bytes[i] = (uint8_t)(number * 37u + i * 11u);
}

/* Number of the template that the kernel holds, -1 for a mixture. */
static int template_number(void) {
  uint8_t number = 0;
  do {
    uint8_t held[ESCAPEMENT_TEMPLATE_BYTES];
    int equal;
    memcpy(held, template_bytes, sizeof held);
    make_template(number);
    equal = memcmp(held, template_bytes, sizeof held) == 0;
    memcpy(template_bytes, held, sizeof held);
    if (equal) return number;
  } while (++number != 0);
  return -1;
}

int32_t escapement_template_read(void *to) {
  memcpy(to, template_bytes, sizeof template_bytes);
  return ESCAPEMENT_OK;
}

int32_t escapement_template_write(const void *from) {
  memcpy(template_bytes, from, sizeof template_bytes);
  return ESCAPEMENT_OK;
}

static int32_t save(uint8_t number) {
  make_template(number);
  return escapement_save(&driver);
}

/* The number of the template that loads, or a negative status. */
static int loaded(void) {
  int32_t status;
  memset(template_bytes, 0xee, sizeof template_bytes);
  status = escapement_load(&driver);
  return status < 0 ? status : template_number();
}

static void fail(const char *what, long cut, int got) {
  printf("failed: %s, cut %ld, got %d\n", what, cut, got);
  exit(1);
}

/* Saves 1 .. `before`, then cuts the next save after `cut` bytes. Whether the save was cut at all. */
static int try_cut(int before, long cut) {
  int n, now, failed;
  memset(flash, 0xff, sizeof flash);
  budget = -1;
  for (n = 1; n <= before; n++)
    if (save((uint8_t)n) != ESCAPEMENT_OK) fail("a save without a cut", cut, n);
  used = 0;
  budget = cut;
  failed = save((uint8_t)(before + 1)) != ESCAPEMENT_OK;
  budget = -1;
  now = loaded();
  if (!failed && now != before + 1) fail("a finished save is not there", cut, now);
  if (failed && now != (before > 0 ? before : ESCAPEMENT_EMPTY) && now != before + 1)
    fail("after the cut another template", cut, now);
  if (save(99) != ESCAPEMENT_OK || loaded() != 99) fail("the next save", cut, 0);
  if (loaded() != 99) fail("the same again", cut, 0);
  return failed;
}

static int cuts(void) {
  int before;
  long count = 0, cut;
  for (before = 0; before <= 4; before++)
    for (cut = 0; try_cut(before, cut); cut++) count++;
  printf("cuts %ld\n", count);
  return 0;
}

static int flips(void) {
  int slot;
  uint32_t i;
  uint8_t kept[2][SLOT];
  for (slot = 0; slot < 2; slot++) {
    memset(flash, 0xff, sizeof flash);
    save(1);
    save(2);
    if (slot == 1) save(3);
    memcpy(kept, flash, sizeof flash);
    for (i = 0; i < ESCAPEMENT_SLOT_BYTES; i++) {
      int newest = slot == 1 ? 0 : 1; /* saves alternate: 1 and 3 in slot 0, 2 in slot 1 */
      memcpy(flash, kept, sizeof flash);
      flash[newest][i] ^= (uint8_t)(1u << (i % 8));
      if (loaded() != (slot == 1 ? 2 : 1)) fail("a damaged slot was taken", i, loaded());
    }
  }
  memset(flash, 0, sizeof flash);
  if (loaded() != ESCAPEMENT_EMPTY) fail("empty slots", 0, loaded());
  memcpy(flash, kept, sizeof flash);
  if (escapement_forget(&driver) != ESCAPEMENT_OK || loaded() != ESCAPEMENT_EMPTY) fail("forget", 0, loaded());
  printf("flips %u\n", 2 * (unsigned)ESCAPEMENT_SLOT_BYTES);
  return 0;
}

int main(int argc, char **argv) {
  FILE *file;
  if (argc == 2 && strcmp(argv[1], "cuts") == 0) return cuts();
  if (argc == 2 && strcmp(argv[1], "flips") == 0) return flips();
  if (argc == 4 && strcmp(argv[1], "save") == 0) {
    memset(flash, 0xff, sizeof flash);
    printf("%d\n", (int)save((uint8_t)atoi(argv[3])));
    file = fopen(argv[2], "wb");
    if (!file || fwrite(flash, sizeof flash, 1, file) != 1 || fclose(file)) return 1;
    return 0;
  }
  if (argc == 3 && strcmp(argv[1], "load") == 0) {
    file = fopen(argv[2], "rb");
    if (!file || fread(flash, sizeof flash, 1, file) != 1) return 1;
    fclose(file);
    printf("%d\n", loaded());
    return 0;
  }
  return 2;
}
