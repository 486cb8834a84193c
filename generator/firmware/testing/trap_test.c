/* SPDX-License-Identifier: Apache-2.0
 *
 * A kernel that traps closes until it is reset. Input cell 0 divides; cell 1 is an index that nothing bounds.
 */
#include <stdio.h>

#include "escapement/kernel.h"

static int32_t run(escapement_input_cell divisor, escapement_input_cell index) {
  escapement_input_cell cells[ESCAPEMENT_INPUTS] = {0};
  int32_t status;
  cells[0] = divisor;
  cells[1] = index;
  status = escapement_input(cells);
  return status < 0 ? status : escapement_infer();
}

int main(void) {
  printf("open %d\n", (int)escapement_open());
  printf("fine %d\n", (int)run(4, 0));
  printf("divides by zero %d\n", (int)run(0, 0));
  printf("closed %d\n", (int)run(4, 0));
  printf("reset %d\n", (int)escapement_reset());
  printf("fine again %d\n", (int)run(4, 0));
  printf("beyond memory %d\n", (int)run(4, 32767));
  printf("closed %d\n", (int)run(4, 0));
  printf("reset %d\n", (int)escapement_reset());
  printf("below memory %d\n", (int)run(4, -32768));
  printf("reset %d\n", (int)escapement_reset());
  printf("fine at last %d\n", (int)run(5, 0));
  return 0;
}
