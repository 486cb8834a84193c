/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls the typed API in every wrong order and with every wrong argument, on the fixture kernel: prints one status a line.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "escapement/kernel.h"
#include "escapement/selftest.h"
#include "kernel_config.h"

extern uint8_t escapement_memory[ESC_RAM_BYTES];

static void say(const char *what, int32_t status) { printf("%s %d\n", what, (int)status); }

static int32_t window(int32_t a, int32_t b) {
  int32_t status = 0;
  int i;
  for (i = 0; i < ESCAPEMENT_WINDOW_FRAMES; i++) {
    escapement_frame frame = {a + i, b - i};
    status = escapement_push(&frame);
  }
  return status;
}

static unsigned bytes_left(void) {
  unsigned count = 0;
  size_t i;
  for (i = ESC_WRITTEN_FIRST - ESC_RAM_FIRST; i < sizeof escapement_memory; i++) count += escapement_memory[i] != 0;
  return count;
}

int main(void) {
  escapement_frame frame = {INT_MIN, INT_MAX};
  escapement_output_cell output[ESCAPEMENT_OUTPUTS];
  escapement_score_cell score[ESCAPEMENT_SCORES];
  uint8_t kept[ESCAPEMENT_TEMPLATE_BYTES];
  escapement_selftest_report report;
  say("closed push", escapement_push(&frame));
  say("closed infer", escapement_infer());
  say("closed enrol", escapement_enrol());
  say("closed decide", escapement_decide());
  say("closed output", escapement_output(output));
  say("closed reset", escapement_reset());
  say("closed template", escapement_template_write(kept));
  say("open", escapement_open());
  say("open again", escapement_open());
  say("no frame", escapement_push(0));
  say("no output", escapement_output(0));
  say("no template", escapement_template_read(0));
  say("infer without a window", escapement_infer());
  say("enrol without a window", escapement_enrol());
  say("decide without a window", escapement_decide());
  say("extreme frame", escapement_push(&frame));
  memcpy(&frame, escapement_memory + (ESC_FRAME_ADDRESS - ESC_RAM_FIRST), sizeof frame);
  say("clamped low", frame.ppg);
  say("clamped high", frame.x_acc);
  say("reset", escapement_reset());
  say("window", window(10, 20));
  say("infer before enrolment", escapement_infer());
  say("enrol", escapement_enrol());
  say("infer", escapement_infer());
  say("template read", escapement_template_read(kept));
  say("score", escapement_score(score));
  printf("something is in memory %d\n", bytes_left() > 0);
  say("reset", escapement_reset());
  printf("left after reset %u\n", bytes_left());
  say("window", window(10, 20));
  say("infer after reset", escapement_infer());
  say("template write", escapement_template_write(kept));
  say("infer", escapement_infer());
  say("window of another", window(-5000, 3000));
  say("infer", escapement_infer());
  say("selftest", escapement_selftest(&report));
  say("selftest windows", (int32_t)report.windows);
  printf("left after selftest %u\n", bytes_left());
  return 0;
}
