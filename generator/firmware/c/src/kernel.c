/* SPDX-License-Identifier: Apache-2.0
 *
 * The typed API of kernel.h on top of any runtime (host.h). Every call is safe in every order: what cannot be done gives a
 * status, a trap inside the kernel closes it until the next reset, and reset wipes everything that the kernel ever wrote.
 */
#include "escapement/kernel.h"

#include <string.h>

#include "host.h"
#include "kernel_config.h"

typedef enum { CLOSED, READY, TRAPPED } state_t;
static state_t state = CLOSED;

/* Compilers drop a memset before memory goes out of use, but not writes through a volatile pointer. */
static void wipe(void *from, uint32_t bytes) {
  volatile uint8_t *at = (volatile uint8_t *)from;
  while (bytes-- > 0) *at++ = 0;
}

/* Equal or not, in a time that does not tell where they differ. */
static int same(const void *a, const void *b, uint32_t bytes) {
  const uint8_t *x = (const uint8_t *)a;
  const uint8_t *y = (const uint8_t *)b;
  uint8_t difference = 0;
  while (bytes-- > 0) difference |= (uint8_t)(*x++ ^ *y++);
  return difference == 0;
}

/* Calls an export that the kernel must be open for; a result below 0 is the kernel's own status. */
static int32_t call(esc_function function) {
  int32_t result = 0;
  int32_t failed;
  if (state == CLOSED) return ESCAPEMENT_NOT_OPEN;
  if (state == TRAPPED && function != ESC_RESET) return ESCAPEMENT_TRAPPED;
  failed = esc_host_call(function, &result);
  if (failed == ESCAPEMENT_TRAPPED) state = TRAPPED;
  return failed < 0 ? failed : result;
}

int32_t escapement_open(void) {
  static const uint8_t signature[8] = ESCAPEMENT_SIGNATURE;
  const void *found;
  int32_t failed;
  if (state != CLOSED) return ESCAPEMENT_OK;
  failed = esc_host_open();
  if (failed < 0) return failed;
  found = esc_host_read(ESC_SIGNATURE_ADDRESS, sizeof signature);
  if (!found || !same(found, signature, sizeof signature)) return ESCAPEMENT_WRONG_KERNEL;
  state = READY;
  return escapement_reset();
}

int32_t escapement_reset(void) {
  void *written;
  int32_t failed = call(ESC_RESET);
  if (failed < 0) return failed;
  /* The kernel zeroes its state; inputs, features, scores and intermediate results go here. */
  written = esc_host_write(ESC_WRITTEN_FIRST, ESC_HEAP_BASE - ESC_WRITTEN_FIRST);
  if (!written) return ESCAPEMENT_WRONG_KERNEL;
  wipe(written, ESC_HEAP_BASE - ESC_WRITTEN_FIRST);
  state = READY;
  return ESCAPEMENT_OK;
}

#if ESCAPEMENT_HAS_PUSH || ESCAPEMENT_HAS_SAMPLE
static int32_t clamped(int32_t count) {
  if (count > ESCAPEMENT_LARGEST_COUNT) return ESCAPEMENT_LARGEST_COUNT;
  return count < -ESCAPEMENT_LARGEST_COUNT ? -ESCAPEMENT_LARGEST_COUNT : count;
}

static int32_t put_counts(uint32_t channel, const int32_t *counts, uint32_t length) {
  int32_t *to = (int32_t *)esc_host_write(ESC_FRAME_ADDRESS + 4 * channel, 4 * length);
  uint32_t i;
  if (!to) return ESCAPEMENT_WRONG_KERNEL;
  for (i = 0; i < length; i++) to[i] = clamped(counts[i]);
  return ESCAPEMENT_OK;
}
#endif

#if ESCAPEMENT_HAS_PUSH
int32_t escapement_push(const escapement_frame *frame) {
  int32_t counts[ESCAPEMENT_CHANNELS];
  int32_t failed;
  if (!frame) return ESCAPEMENT_BAD_ARGUMENT;
  if (state != READY) return call(ESC_PUSH);
  memcpy(counts, frame, sizeof counts);
  failed = put_counts(0, counts, ESCAPEMENT_CHANNELS);
  return failed < 0 ? failed : call(ESC_PUSH);
}
#endif

#if ESCAPEMENT_HAS_SAMPLE
int32_t escapement_sample(uint32_t sensor, int64_t time_us, const int32_t *counts) {
  static const uint8_t first[ESCAPEMENT_SENSORS + 1] = ESC_SENSOR_CHANNELS;
  int32_t index = (int32_t)sensor;
  void *time;
  void *place;
  int32_t failed;
  if (!counts || sensor >= ESCAPEMENT_SENSORS) return ESCAPEMENT_BAD_ARGUMENT;
  if (state != READY) return call(ESC_SAMPLE);
  time = esc_host_write(ESC_TIME_ADDRESS, sizeof time_us);
  place = esc_host_write(ESC_SENSOR_ADDRESS, sizeof index);
  if (!time || !place) return ESCAPEMENT_WRONG_KERNEL;
  memcpy(time, &time_us, sizeof time_us);
  memcpy(place, &index, sizeof index);
  failed = put_counts(first[sensor], counts, (uint32_t)(first[sensor + 1] - first[sensor]));
  return failed < 0 ? failed : call(ESC_SAMPLE);
}
#endif

#if !ESCAPEMENT_HAS_PUSH && !ESCAPEMENT_HAS_SAMPLE
int32_t escapement_input(const escapement_input_cell cells[ESCAPEMENT_INPUTS]) {
  void *to;
  if (!cells) return ESCAPEMENT_BAD_ARGUMENT;
  if (state != READY) return state == CLOSED ? ESCAPEMENT_NOT_OPEN : ESCAPEMENT_TRAPPED;
  to = esc_host_write(ESC_INPUT_ADDRESS, sizeof(escapement_input_cell) * ESCAPEMENT_INPUTS);
  if (!to) return ESCAPEMENT_WRONG_KERNEL;
  memcpy(to, cells, sizeof(escapement_input_cell) * ESCAPEMENT_INPUTS);
  return ESCAPEMENT_OK;
}
#endif

int32_t escapement_infer(void) { return call(ESC_INFER); }

#if ESCAPEMENT_HAS_DECIDE
int32_t escapement_decide(void) { return call(ESC_DECIDE); }
#endif

#if ESCAPEMENT_HAS_ENROL
int32_t escapement_enrol(void) { return call(ESC_ENROL); }
#endif

static int32_t copy_out(void *to, uint32_t address, uint32_t bytes) {
  const void *from;
  if (!to) return ESCAPEMENT_BAD_ARGUMENT;
  if (state != READY) return state == CLOSED ? ESCAPEMENT_NOT_OPEN : ESCAPEMENT_TRAPPED;
  from = esc_host_read(address, bytes);
  if (!from) return ESCAPEMENT_WRONG_KERNEL;
  memcpy(to, from, bytes);
  return ESCAPEMENT_OK;
}

int32_t escapement_output(escapement_output_cell cells[ESCAPEMENT_OUTPUTS]) {
  return copy_out(cells, ESC_OUTPUT_ADDRESS, sizeof(escapement_output_cell) * ESCAPEMENT_OUTPUTS);
}

#if ESCAPEMENT_HAS_SCORE
int32_t escapement_score(escapement_score_cell cells[ESCAPEMENT_SCORES]) {
  return copy_out(cells, ESC_SCORE_ADDRESS, sizeof(escapement_score_cell) * ESCAPEMENT_SCORES);
}
#endif

#if ESCAPEMENT_HAS_SUSPENDED || ESCAPEMENT_HAS_RETRAIN || ESCAPEMENT_KEY_BYTES > 0
static int32_t copy_in(uint32_t address, const void *from, uint32_t bytes) {
  void *to;
  if (!from) return ESCAPEMENT_BAD_ARGUMENT;
  if (state != READY) return state == CLOSED ? ESCAPEMENT_NOT_OPEN : ESCAPEMENT_TRAPPED;
  to = esc_host_write(address, bytes);
  if (!to) return ESCAPEMENT_WRONG_KERNEL;
  memcpy(to, from, bytes);
  return ESCAPEMENT_OK;
}
#endif

#if ESCAPEMENT_HAS_CHOICE
int32_t escapement_choice(void) {
  int32_t choice = 0;
  const int32_t failed = copy_out(&choice, ESC_CHOICE_ADDRESS, sizeof choice);
  return failed < 0 ? failed : choice;
}
#endif

#if ESCAPEMENT_HAS_RETRAIN
int32_t escapement_retrain(void) {
  int32_t wanted = 0;
  const int32_t failed = copy_out(&wanted, ESC_RETRAIN_ADDRESS, sizeof wanted);
  return failed < 0 ? failed : wanted != 0;
}

int32_t escapement_retrain_clear(void) {
  static const int32_t no = 0;
  return copy_in(ESC_RETRAIN_ADDRESS, &no, sizeof no);
}
#endif

#if ESCAPEMENT_HAS_SUSPENDED
int32_t escapement_resume(void) {
  static const int32_t no = 0;
  return copy_in(ESC_SUSPENDED_ADDRESS, &no, sizeof no);
}
#endif

#if ESCAPEMENT_KEY_BYTES > 0
int32_t escapement_set_key(const uint8_t key[ESCAPEMENT_KEY_BYTES]) { return copy_in(ESC_KEY_ADDRESS, key, ESCAPEMENT_KEY_BYTES); }
#endif

#if ESCAPEMENT_TEMPLATE_BYTES > 0
static const struct {
  uint32_t address, bytes;
} template_parts[] = ESC_TEMPLATE_PARTS;
#define PARTS (sizeof template_parts / sizeof template_parts[0])

int32_t escapement_template_read(void *to) {
  uint8_t *at = (uint8_t *)to;
  uint32_t i;
  if (!to) return ESCAPEMENT_BAD_ARGUMENT;
  for (i = 0; i < PARTS; i++) {
    int32_t failed = copy_out(at, template_parts[i].address, template_parts[i].bytes);
    if (failed < 0) return failed;
    at += template_parts[i].bytes;
  }
  return ESCAPEMENT_OK;
}

int32_t escapement_template_write(const void *from) {
  const uint8_t *at = (const uint8_t *)from;
  uint32_t i;
  if (!from) return ESCAPEMENT_BAD_ARGUMENT;
  if (state != READY) return state == CLOSED ? ESCAPEMENT_NOT_OPEN : ESCAPEMENT_TRAPPED;
  for (i = 0; i < PARTS; i++) {
    void *to = esc_host_write(template_parts[i].address, template_parts[i].bytes);
    if (!to) return ESCAPEMENT_WRONG_KERNEL;
    memcpy(to, at, template_parts[i].bytes);
    at += template_parts[i].bytes;
  }
  return ESCAPEMENT_OK;
}
#endif
