/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs the self-test where there is a console: cmake -DESCAPEMENT_SELFTEST=ON. Ends with 0 when every bit is right.
 */
#include <stdio.h>

#include "escapement/kernel.h"
#include "escapement/selftest.h"

int main(void) {
  escapement_selftest_report report = {0};
  const int result = (int)escapement_selftest(&report);
  const char *verdict = "did not run";
  if (result == ESCAPEMENT_OK) verdict = "identical";
  if (result == ESCAPEMENT_SELFTEST_FAILED) verdict = "DIFFERENT";
  printf("%s: %s (status %d), %u windows, %u differences\n", ESCAPEMENT_KERNEL, verdict, result, (unsigned)report.windows,
         (unsigned)report.differences);
  return result == ESCAPEMENT_OK ? 0 : 1;
}
