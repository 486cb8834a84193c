/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs the vectors: the same calls, on the same real windows, as the simulation made.
 */
#include "escapement/selftest.h"

#include <string.h>

#include "escapement/kernel.h"
#include "vectors.h"

#ifdef __GNUC__
__attribute__((weak)) void escapement_selftest_before_push(void) {}
__attribute__((weak)) void escapement_selftest_after_push(void) {}
__attribute__((weak)) void escapement_selftest_before_infer(void) {}
__attribute__((weak)) void escapement_selftest_after_infer(void) {}
#else
#define escapement_selftest_before_push() ((void)0)
#define escapement_selftest_after_push() ((void)0)
#define escapement_selftest_before_infer() ((void)0)
#define escapement_selftest_after_infer() ((void)0)
#endif

static escapement_output_cell output[ESCAPEMENT_OUTPUTS];

static void expect(escapement_selftest_report *report, int equal) {
  if (equal) return;
  if (report->differences++ == 0) report->first_difference = report->windows;
}

/* Infers over the window that the kernel holds, and enrols where the vectors did. */
static void run_window(escapement_selftest_report *report) {
  const uint32_t window = report->windows;
  int32_t decision;
  escapement_selftest_before_infer();
  decision = escapement_infer();
  escapement_selftest_after_infer();
  expect(report, decision == vector_decisions[window]);
  expect(report, escapement_output(output) == ESCAPEMENT_OK && memcmp(output, vector_outputs[window], sizeof output) == 0);
#if ESCAPEMENT_HAS_SCORE
  {
    escapement_score_cell score[ESCAPEMENT_SCORES];
    expect(report, escapement_score(score) == ESCAPEMENT_OK && memcmp(score, vector_scores[window], sizeof score) == 0);
  }
#endif
#if ESCAPEMENT_HAS_ENROL
  if (vector_enrolments[window] != 0) expect(report, escapement_enrol() == vector_enrolments[window]);
#endif
  report->windows++;
}

int32_t escapement_selftest(escapement_selftest_report *report) {
  uint32_t i;
  int32_t failed = escapement_open();
  memset(report, 0, sizeof *report);
  if (failed >= 0) failed = escapement_reset();
  if (failed < 0) return failed;
#if ESCAPEMENT_HAS_PUSH && VECTOR_FRAMES > 0
  for (i = 0; i < VECTOR_FRAMES; i++) {
    escapement_frame frame;
    int32_t ready;
    memcpy(&frame, vector_frames[i], sizeof frame);
    escapement_selftest_before_push();
    ready = escapement_push(&frame);
    escapement_selftest_after_push();
    if (ready < 0) return ready;
    if (ready == ESCAPEMENT_WINDOW_READY && report->windows < VECTOR_WINDOWS) run_window(report);
  }
#endif
#if ESCAPEMENT_HAS_SAMPLE && VECTOR_SAMPLES > 0
  for (i = 0; i < VECTOR_SAMPLES; i++) {
    int32_t ready;
    escapement_selftest_before_push();
    ready = escapement_sample(vector_samples[i].sensor, vector_samples[i].time_us, vector_samples[i].counts);
    escapement_selftest_after_push();
    if (ready == ESCAPEMENT_WINDOW_READY && report->windows < VECTOR_WINDOWS) run_window(report);
  }
#endif
#if !ESCAPEMENT_HAS_PUSH && !ESCAPEMENT_HAS_SAMPLE
  for (i = 0; i < VECTOR_WINDOWS; i++) {
    failed = escapement_input(vector_inputs[i]);
    if (failed < 0) return failed;
    run_window(report);
  }
#endif
  expect(report, report->windows == VECTOR_WINDOWS);
  failed = escapement_reset();
  if (failed < 0) return failed;
  return report->differences == 0 ? ESCAPEMENT_OK : ESCAPEMENT_SELFTEST_FAILED;
}
