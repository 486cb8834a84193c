/* Runs a kernel as a Linux program: argument 1 goes to run(n), or is how often ENTRY() is called. */
#include <stdio.h>
#include <stdlib.h>
#include "kernel.h"
#include "call.h"

int main(int argc, char **argv) {
  static Z_k_instance_t instance;
  wasm_rt_init();
  Z_k_init_module();
  Z_k_instantiate(&instance);
  printf("%d\n", (int)call(&instance, argc > 1 ? atoi(argv[1]) : 0));
  return 0;
}
