/** kernel_wasm.h and kernel_wasm.c: the module's bytes as a constant array, so that they stay in flash. */
import { bytesText, guarded, SPDX } from '../c-text.ts';

export function kernelWasmFiles(wasm: Uint8Array): [path: string, text: string][] {
  return [
    [
      'src/kernel_wasm.h',
      guarded(
        'ESCAPEMENT_KERNEL_WASM_H',
        `#include <stdint.h>\n\n#define KERNEL_WASM_BYTES ${wasm.length}u\nextern const uint8_t kernel_wasm[KERNEL_WASM_BYTES];`,
      ),
    ],
    [
      'src/kernel_wasm.c',
      `${SPDX}\n#include "kernel_wasm.h"\n\nconst uint8_t kernel_wasm[KERNEL_WASM_BYTES] __attribute__((aligned(8))) = ${bytesText(wasm)};\n`,
    ],
  ];
}
