/** Kernel under WAMR's interpreters: the module in flash, everything else in one static pool. */
import { readSections, sectionId } from '../../compile/sections.ts';
import type { Macro } from '../c-text.ts';
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
  languages: ['C', 'ASM'],
  cmake: [
    '# Yours, where your tree sets them (Zephyr does); else what this build is for.',
    'if(NOT WAMR_BUILD_PLATFORM)',
    '  string(TOLOWER "${CMAKE_SYSTEM_NAME}" WAMR_BUILD_PLATFORM)',
    'endif()',
    'if(NOT WAMR_BUILD_TARGET)',
    '  if(CMAKE_C_COMPILER MATCHES "arm-" OR CMAKE_SYSTEM_PROCESSOR MATCHES "^arm")',
    '    set(WAMR_BUILD_TARGET ARMV7)',
    '  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)")',
    '    set(WAMR_BUILD_TARGET AARCH64)',
    '  else()',
    '    set(WAMR_BUILD_TARGET X86_64)',
    '  endif()',
    'endif()',
    '# Bounds are checked by code, as on a core without an MMU: memory comes from the static pool.',
    'set(WAMR_DISABLE_HW_BOUND_CHECK 1)',
    ...build.map((setting) => `set(WAMR_BUILD_${setting.replace('=', ' ')})`),
    'include(${ESCAPEMENT_RUNTIME_DIR}/build-scripts/runtime_lib.cmake)',
    'add_library(escapement_runtime STATIC ${WAMR_RUNTIME_LIB_SOURCE})',
    'target_include_directories(escapement_runtime PUBLIC ${ESCAPEMENT_RUNTIME_DIR}/core/iwasm/include)',
    'target_link_libraries(escapement_runtime PUBLIC m)',
    'if(CMAKE_SYSTEM_NAME STREQUAL "Linux")',
    '  target_link_libraries(escapement_runtime PUBLIC pthread dl)',
    'endif()',
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

/** The pool; on a desk with 64-bit pointers, where the self-test runs too, everything but linear memory takes up to twice as much. */
export const poolMacro = (pool: number, memory: number): Macro => ({
  name: 'ESC_WAMR_POOL_BYTES',
  value: `(sizeof(void *) > 4 ? ${2 * pool - memory + 4096}u : ${pool}u)`,
});

/** The fast interpreter, or the classic one where it is asked for by its own id. */
export const wamr: RuntimeExport = {
  id: 'wamr',
  title: 'WAMR, fast interpreter',
  titleOf: ({ runtime }) => (isClassic(runtime) ? 'WAMR, classic interpreter' : 'WAMR, fast interpreter'),
  host: 'host_wamr.c',
  build({ wasm, manifest, runtime }) {
    const classic = isClassic(runtime);
    const memory = wholePages(manifest.memory.heapBase);
    const sections = readSections(wasm);
    const code = sections.find((s) => s.id === sectionId.code)?.payload.length ?? 0;
    const translated = classic ? 0 : code * TRANSLATED;
    const pool = Math.ceil((memory + STACK_BYTES + STRUCTURES_BYTES + translated) / 1024) * 1024;
    const copied = classic ? code : 0;
    return {
      files: new Map<string, string | Uint8Array>(kernelWasmFiles(wasm)),
      config: [
        poolMacro(pool, memory),
        { name: 'ESC_WAMR_STACK_BYTES', value: `${STACK_BYTES}u` },
        { name: 'ESC_WASM_SECTIONS', value: sections.length },
        { name: 'ESC_WASM_CODE_BYTES', value: code, note: 'copied for the classic interpreter only' },
        ...(classic
          ? [{ name: 'ESC_WAMR_CLASSIC', value: 1, note: 'goes with WAMR_BUILD_FAST_INTERP 0' }]
          : []),
      ],
      sources: ['kernel_wasm.c'],
      dependency: wamrDependency(['INTERP=1', `FAST_INTERP=${classic ? 0 : 1}`, 'AOT=0', ...minimalBuild]),
      facts: { interpreter: classic ? 'classic' : 'fast', poolBytes: pool },
      ram: [
        { name: 'linear memory, constants included', bytes: memory },
        {
          name: `WAMR's stack${classic ? ' and structures' : ', structures and translated code'}`,
          bytes: pool - memory,
        },
        ...(classic ? [{ name: 'copy of the code, which the interpreter rewrites', bytes: copied }] : []),
      ],
      ramBytes: { constantsInFlash: null, constantsInRam: pool + copied },
      notes: [
        'The module stays in flash as it is: it is loaded section by section, because the ordinary loader writes into it.',
        ...(classic
          ? []
          : [
              'For less RAM and less speed export for wamr-classic: the classic interpreter translates nothing.',
            ]),
        'If escapement_open() gives ESCAPEMENT_NO_MEMORY, make ESC_WAMR_POOL_BYTES in kernel_config.h larger.',
      ],
    };
  },
};

const isClassic = (runtime: string): boolean => runtime === 'wamr-classic';
