/* Tables of functions on a Cortex-M4 without an operating system: linked behind the kernel's code, and only where a module has a table. */
#include <stdlib.h>
#include "wasm-rt.h"

void wasm_rt_allocate_funcref_table(wasm_rt_funcref_table_t *table, uint32_t elements, uint32_t most) {
  table->size = elements;
  table->max_size = most;
  table->data = calloc(elements, sizeof *table->data);
}
void wasm_rt_free_funcref_table(wasm_rt_funcref_table_t *table) { free(table->data); }
