/** Kernel under wasm3, an interpreter: the module in flash, everything else in one static heap. */
import { readSections, sectionId } from '../../compile/sections.ts';
import { kernelWasmFiles } from '../files/kernel-wasm.ts';
import { withByteSizedPages } from '../variants/page-size.ts';
import type { RuntimeExport } from './firmware-runtime.ts';

const STACK_BYTES = 2048;
/** Environment, runtime, module and functions of a kernel, on a 32-bit core: 7.5 KB measured on ARM with three kernels. */
const STRUCTURES_BYTES = 8192;
/** Bytes of translated code for a byte of the code section, with code pages of 1 KB: 3.7 measured on the same. */
const TRANSLATED = 4;

export const wasm3: RuntimeExport = {
  id: 'wasm3',
  title: 'wasm3',
  host: 'host_wasm3.c',
  build({ wasm, manifest }) {
    const { heapBase } = manifest.memory;
    const variant = withByteSizedPages(wasm, heapBase);
    const code = readSections(wasm).find((s) => s.id === sectionId.code)?.payload.length ?? 0;
    const translated = Math.ceil((code * TRANSLATED) / 1024) * 1024;
    const heap = Math.ceil((heapBase + STACK_BYTES + STRUCTURES_BYTES + translated) / 1024) * 1024;
    const definitions = [
      'd_m3CodePageAlignSize=1024',
      'd_m3MaxFunctionStackHeight=512',
      'd_m3MaxNativeStack=0',
      'd_m3HasFloat=0',
      'd_m3HasRefTypes=0',
      'd_m3VerboseErrorMessages=0',
    ];
    return {
      files: new Map<string, string | Uint8Array>([
        ['kernel.wasm3.wasm', variant],
        ...kernelWasmFiles(variant),
      ]),
      config: [{ name: 'ESC_WASM3_STACK_BYTES', value: `${STACK_BYTES}u` }],
      sources: ['kernel_wasm.c'],
      dependency: {
        name: 'wasm3',
        url: 'https://github.com/wasm3/wasm3',
        revision: 'c9b579d8c048db71ce2322cf68a0d88ae81684d2 (0.9.0)',
        licence: 'MIT',
        cmake: [
          'file(GLOB ESCAPEMENT_RUNTIME_SOURCES ${ESCAPEMENT_RUNTIME_DIR}/source/m3_*.c)',
          'list(FILTER ESCAPEMENT_RUNTIME_SOURCES EXCLUDE REGEX "m3_api_")',
          'add_library(escapement_runtime STATIC ${ESCAPEMENT_RUNTIME_SOURCES})',
          'target_include_directories(escapement_runtime PUBLIC ${ESCAPEMENT_RUNTIME_DIR}/source)',
          '# With 64-bit pointers (the self-test on a desk) everything but linear memory takes up to twice as much.',
          'if(CMAKE_SIZEOF_VOID_P EQUAL 8)',
          `  set(ESCAPEMENT_HEAP_BYTES ${2 * heap - heapBase})`,
          'else()',
          `  set(ESCAPEMENT_HEAP_BYTES ${heap})`,
          'endif()',
          'target_compile_definitions(escapement_runtime PUBLIC d_m3FixedHeap=${ESCAPEMENT_HEAP_BYTES}',
          `  ${definitions.join(' ')})`,
        ],
      },
      facts: { variant: 'kernel.wasm3.wasm', pageBytes: 1, heapBytes: heap, definitions },
      ram: [
        { name: 'linear memory, constants included', bytes: heapBase },
        { name: "wasm3's stack, structures and translated code", bytes: heap - heapBase },
      ],
      ramBytes: { constantsInFlash: null, constantsInRam: heap },
      notes: [
        'wasm3 copies data segments into RAM, so the constants take flash and RAM; it knows no way around it.',
        'The heap, ESCAPEMENT_HEAP_BYTES in CMakeLists.txt, holds everything. If escapement_open() gives ESCAPEMENT_NO_MEMORY, make it larger.',
      ],
    };
  },
};
