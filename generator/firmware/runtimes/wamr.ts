/** Kernel under WAMR's interpreters: the module in flash, everything else in one static pool. */
import { readSections, sectionId } from '../../compile/sections.ts';
import { kernelWasmFiles } from '../files/kernel-wasm.ts';
import type { RuntimeDependency, RuntimeExport } from './firmware-runtime.ts';

export const STACK_BYTES = 2048;
/** Module, instance, execution environment and pool on a 32-bit core: 6.3 KB, stack included, measured on ARM with three kernels. */
export const STRUCTURES_BYTES = 6144;
/** Bytes of translated code for a byte of the code section in the fast interpreter: 3.0 measured on the same. */
const TRANSLATED = 3.25;
/** WAMR rounds linear memory up to the platform's page; 4 KB on Zephyr. */
export const wholePages = (bytes: number): number => Math.ceil(bytes / 4096) * 4096;

export const wamrDependency = (build: readonly string[]): RuntimeDependency => ({
  name: 'WAMR',
  url: 'https://github.com/bytecodealliance/wasm-micro-runtime',
  revision: '646b5a9bc786bfdb69f01e136706d524d4466120',
  licence: 'Apache-2.0 WITH LLVM-exception',
  cmake: [
    ...build.map((setting) => `set(WAMR_BUILD_${setting.replace('=', ' ')})`),
    'include(${ESCAPEMENT_RUNTIME_DIR}/build-scripts/runtime_lib.cmake)',
    'add_library(escapement_runtime STATIC ${WAMR_RUNTIME_LIB_SOURCE})',
    'target_include_directories(escapement_runtime PUBLIC ${ESCAPEMENT_RUNTIME_DIR}/core/iwasm/include)',
    'target_link_libraries(escapement_runtime PUBLIC m)',
  ],
});

/** What a kernel does not need is left out of the runtime. */
export const minimalBuild = [
  'LIBC_BUILTIN=0',
  'LIBC_WASI=0',
  'SIMD=0',
  'REF_TYPES=0',
  'MULTI_MODULE=0',
] as const;

export const wamr: RuntimeExport = {
  id: 'wamr',
  title: 'WAMR, fast interpreter',
  host: 'host_wamr.c',
  build({ wasm, manifest }) {
    const memory = wholePages(manifest.memory.heapBase);
    const sections = readSections(wasm);
    const code = sections.find((s) => s.id === sectionId.code)?.payload.length ?? 0;
    const pool = Math.ceil((memory + STACK_BYTES + STRUCTURES_BYTES + code * TRANSLATED) / 1024) * 1024;
    return {
      files: new Map<string, string | Uint8Array>(kernelWasmFiles(wasm)),
      config: [
        { name: 'ESC_WAMR_POOL_BYTES', value: `${pool}u` },
        { name: 'ESC_WAMR_STACK_BYTES', value: `${STACK_BYTES}u` },
        { name: 'ESC_WASM_SECTIONS', value: sections.length },
        { name: 'ESC_WASM_CODE_BYTES', value: code, note: 'copied for the classic interpreter only' },
      ],
      sources: ['kernel_wasm.c'],
      dependency: wamrDependency(['INTERP=1', 'FAST_INTERP=1', 'AOT=0', ...minimalBuild]),
      facts: { poolBytes: pool },
      ram: [
        { name: 'linear memory, constants included', bytes: memory },
        { name: "WAMR's stack, structures and translated code", bytes: pool - memory },
      ],
      ramBytes: { constantsInFlash: null, constantsInRam: pool },
      notes: [
        'The module stays in flash as it is: it is loaded section by section, because the ordinary loader writes into it.',
        'For the classic interpreter (FAST_INTERP=0) define ESC_WAMR_CLASSIC: it rewrites the code and gets a copy of that section.',
        'If escapement_open() gives ESCAPEMENT_NO_MEMORY, make ESC_WAMR_POOL_BYTES in kernel_config.h larger.',
      ],
    };
  },
};
