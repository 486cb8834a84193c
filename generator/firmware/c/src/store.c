/* SPDX-License-Identifier: Apache-2.0
 *
 * Two slots, written in turn. A slot, in units of 16 bytes (the largest write unit of common flash):
 *
 *     0   magic  version  sequence  bytes of template          \  header, 32 bytes
 *     16  model signature (8)  reserved (8)                     /
 *     32  template, padded with 0xff
 *     ..  CRC-32 of all of the above, its complement, the same again: the commit, written last
 *
 * A slot counts when its commit does. Whatever a power cut leaves of an erase or a write, the commit of that slot is missing
 * or wrong, and the other slot was not touched since it was complete.
 */
#include "escapement/store.h"

#include <string.h>

#include "escapement/kernel.h"

#if ESCAPEMENT_TEMPLATE_BYTES > 0

#define UNIT 16u
#define MAGIC 0x50435345u /* "ESCP" */
#define VERSION 1u
#define BODY (32u + ESCAPEMENT_TEMPLATE_BYTES)
#define PADDED ((BODY + UNIT - 1u) / UNIT * UNIT)

typedef struct {
  uint32_t magic, version, sequence, bytes;
  uint8_t signature[8];
  uint8_t reserved[8];
} header;

typedef struct {
  uint32_t crc, inverse, crc_again, inverse_again;
} commit;

/* One record in RAM, header and template as they stand in flash. Wiped after use: the template is a secret. */
static struct {
  header head;
  uint8_t body[PADDED - 32u];
} record;

static void wipe_record(void) {
  volatile uint8_t *at = (volatile uint8_t *)&record;
  uint32_t left = sizeof record;
  while (left-- > 0) *at++ = 0;
}

/* CRC-32 of IEEE 802.3, bit by bit: 4 KB of table are worth more than the milliseconds of a rare save. */
static uint32_t crc32(const void *from, uint32_t bytes) {
  const uint8_t *at = (const uint8_t *)from;
  uint32_t crc = 0xffffffffu;
  while (bytes-- > 0) {
    int bit;
    crc ^= *at++;
    for (bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (0xedb88320u & (0u - (crc & 1u)));
  }
  return ~crc;
}

/* Reads a slot into `record`: 1 complete, 0 not, -1 the flash failed. */
static int read_slot(const escapement_flash *flash, int slot) {
  commit end;
  uint32_t crc;
  if (flash->read(flash->context, slot, 0, &record, PADDED)) return -1;
  if (flash->read(flash->context, slot, PADDED, &end, sizeof end)) return -1;
  crc = crc32(&record, PADDED);
  return record.head.magic == MAGIC && end.crc == crc && end.inverse == ~crc && end.crc_again == crc &&
         end.inverse_again == ~crc;
}

/* The slot with the newest complete record, whose header is left in `newest`: 0, 1, -1 none, -2 the flash failed. */
static int newest_slot(const escapement_flash *flash, header *newest) {
  int best = -1;
  int slot;
  for (slot = 0; slot < 2; slot++) {
    int complete = read_slot(flash, slot);
    if (complete < 0) return -2;
    if (!complete) continue;
    /* The difference of sequence numbers is small, so its sign is right even where the number wraps. */
    if (best < 0 || (int32_t)(record.head.sequence - newest->sequence) > 0) {
      best = slot;
      *newest = record.head;
    }
  }
  return best;
}

static int32_t write_slot(const escapement_flash *flash, int slot, uint32_t sequence) {
  static const uint8_t signature[8] = ESCAPEMENT_SIGNATURE;
  commit end;
  int32_t failed;
  memset(&record, 0xff, sizeof record);
  record.head.magic = MAGIC;
  record.head.version = VERSION;
  record.head.sequence = sequence;
  record.head.bytes = ESCAPEMENT_TEMPLATE_BYTES;
  memcpy(record.head.signature, signature, sizeof signature);
  failed = escapement_template_read(record.body);
  if (failed < 0) return failed;
  end.crc = end.crc_again = crc32(&record, PADDED);
  end.inverse = end.inverse_again = ~end.crc;
  if (flash->erase(flash->context, slot)) return ESCAPEMENT_FLASH_FAILED;
  if (flash->write(flash->context, slot, 0, &record, PADDED)) return ESCAPEMENT_FLASH_FAILED;
  if (flash->write(flash->context, slot, PADDED, &end, sizeof end)) return ESCAPEMENT_FLASH_FAILED;
  return read_slot(flash, slot) == 1 ? ESCAPEMENT_OK : ESCAPEMENT_FLASH_FAILED;
}

int32_t escapement_save(const escapement_flash *flash) {
  header newest = {0, 0, 0, 0, {0}, {0}};
  int32_t failed;
  int slot;
  if (!flash) return ESCAPEMENT_BAD_ARGUMENT;
  slot = newest_slot(flash, &newest);
  failed = slot == -2 ? ESCAPEMENT_FLASH_FAILED : write_slot(flash, slot == 0 ? 1 : 0, newest.sequence + 1u);
  wipe_record();
  return failed;
}

static int32_t load(const escapement_flash *flash) {
  static const uint8_t signature[8] = ESCAPEMENT_SIGNATURE;
  header newest;
  int slot = newest_slot(flash, &newest);
  if (slot == -2) return ESCAPEMENT_FLASH_FAILED;
  if (slot == -1) return ESCAPEMENT_EMPTY;
  if (newest.version != VERSION || newest.bytes != ESCAPEMENT_TEMPLATE_BYTES ||
      memcmp(newest.signature, signature, sizeof signature) != 0)
    return ESCAPEMENT_OTHER_MODEL;
  if (read_slot(flash, slot) != 1) return ESCAPEMENT_FLASH_FAILED;
  return escapement_template_write(record.body);
}

int32_t escapement_load(const escapement_flash *flash) {
  int32_t failed = flash ? load(flash) : ESCAPEMENT_BAD_ARGUMENT;
  wipe_record();
  return failed;
}

int32_t escapement_forget(const escapement_flash *flash) {
  header newest;
  int slot;
  int first;
  if (!flash) return ESCAPEMENT_BAD_ARGUMENT;
  slot = newest_slot(flash, &newest);
  wipe_record();
  first = slot == 0 ? 1 : 0;
  if (flash->erase(flash->context, first)) return ESCAPEMENT_FLASH_FAILED;
  return flash->erase(flash->context, 1 - first) ? ESCAPEMENT_FLASH_FAILED : ESCAPEMENT_OK;
}

#endif
