/* Runs a kernel as a Linux program: argument 1 goes to run(n), or is how often ENTRY() is called. */
#include <stdio.h>
#include <stdlib.h>
#include "kernel.h"
#include "call.h"

#ifdef FIRMWARE /* generator/firmware/c/src/wasm-rt.h brings the rest */
uint8_t escapement_memory[ESC_RAM_BYTES] __attribute__((aligned(8)));
void wasm_rt_init(void) {}
void wasm_rt_trap(wasm_rt_trap_t trap) { exit(1); }
void wasm_rt_allocate_memory(wasm_rt_memory_t *m, uint32_t pages, uint32_t most) {
  m->data = escapement_memory;
  m->pages = pages;
  m->max_pages = most;
  m->size = sizeof escapement_memory;
}
#endif

int main(int argc, char **argv) {
  static Z_k_instance_t instance;
  wasm_rt_init();
  Z_k_init_module();
  Z_k_instantiate(&instance);
  printf("%d\n", (int)call(&instance, argc > 1 ? atoi(argv[1]) : 0));
  return 0;
}
