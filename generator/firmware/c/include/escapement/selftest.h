/* SPDX-License-Identifier: Apache-2.0
 *
 * Proves on the device that the kernel computes what it computed when it was simulated: runs the vectors of vectors.h and
 * compares every output bit for bit.
 */
#ifndef ESCAPEMENT_SELFTEST_H
#define ESCAPEMENT_SELFTEST_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  /* Windows that were run, and comparisons that failed. */
  uint32_t windows, differences;
  /* The first window that differed, counted from 0. */
  uint32_t first_difference;
} escapement_selftest_report;

/* Resets the kernel before and after. 0 when everything was equal, ESCAPEMENT_SELFTEST_FAILED, or another status. */
int32_t escapement_selftest(escapement_selftest_report *report);

/* Called around the kernel's work, for measurements; do nothing unless you define them. */
void escapement_selftest_before_push(void);
void escapement_selftest_after_push(void);
void escapement_selftest_before_infer(void);
void escapement_selftest_after_infer(void);

#ifdef __cplusplus
}
#endif

#endif
