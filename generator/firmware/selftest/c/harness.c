/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs the bundle's own self-test in an emulator and prints what the host should compare with V8 once more: one line a
 * window with decision and output, then a line with the verdict of the device.
 */
#include <stdint.h>

#include "escapement/kernel.h"
#include "escapement/selftest.h"
#include "platform.h"

static void print_number(int64_t value) {
  char text[24];
  char *at = text + sizeof text - 1;
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  *at = 0;
  do {
    *--at = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (value < 0) *--at = '-';
  platform_print(at);
}

__attribute__((noinline)) void platform_mark(void) { __asm__ volatile(""); }

void escapement_selftest_before_push(void) { platform_mark(); }
void escapement_selftest_after_push(void) { platform_mark(); }

void escapement_selftest_before_infer(void) {
  platform_paint_stack();
  platform_mark();
}

void escapement_selftest_after_infer(void) {
  static escapement_output_cell output[ESCAPEMENT_OUTPUTS];
  uint32_t i;
  platform_mark();
  platform_print("window stack ");
  print_number(platform_stack_used());
  platform_print(" output");
  escapement_output(output);
  for (i = 0; i < ESCAPEMENT_OUTPUTS; i++) {
    platform_print(" ");
    print_number(output[i]);
  }
  platform_print("\n");
}

int main(void) {
  escapement_selftest_report report;
  int32_t result;
  platform_mark(); /* what two marks in a row count is the cost of marking */
  platform_mark();
  result = escapement_selftest(&report);
  platform_print("selftest result ");
  print_number(result);
  platform_print(" windows ");
  print_number(report.windows);
  platform_print(" differences ");
  print_number(report.differences);
  platform_print("\n");
  platform_exit();
}
