/** Kernel compiled ahead of time by WAMR's wamrc, which is built from LLVM and therefore runs on the engineer's machine, not here. */
import { kernelWasmFiles } from '../files/kernel-wasm.ts';
import { guarded } from '../c-text.ts';
import type { RuntimeExport } from './firmware-runtime.ts';
import {
  minimalBuild,
  poolMacro,
  STACK_BYTES,
  STRUCTURES_BYTES,
  wamrDependency,
  wholePages,
} from './wamr.ts';

/** What `wamrc --cpu` calls the cores of our boards. */
const targets: Record<string, string> = {
  'cortex-m4': '--target=thumbv7em --cpu=cortex-m4 --target-abi=gnueabi',
  'cortex-m33': '--target=thumbv8m.main --cpu=cortex-m33 --target-abi=gnueabi',
  'cortex-a7': '--target=armv7 --cpu=cortex-a7 --target-abi=gnueabihf',
  'cortex-a8': '--target=armv7 --cpu=cortex-a8 --target-abi=gnueabihf',
};

export const wamrAot: RuntimeExport = {
  id: 'wamr-aot',
  title: 'WAMR, compiled ahead of time',
  host: 'host_wamr.c',
  build({ wasm, manifest, board }) {
    const memory = wholePages(manifest.memory.heapBase);
    const pool = Math.ceil((memory + STACK_BYTES + STRUCTURES_BYTES) / 1024) * 1024;
    const command = `wamrc ${targets[board?.core ?? 'cortex-m4'] ?? targets['cortex-m4']} --bounds-checks=1 -o kernel.aot kernel.wasm`;
    return {
      files: new Map<string, string | Uint8Array>([
        ...kernelWasmFiles(wasm).filter(([path]) => !path.endsWith('.c')),
        ['src/kernel_aot.h', aotHeader(command)],
      ]),
      config: [
        { name: 'ESC_WAMR_AOT', value: 1 },
        poolMacro(pool, memory),
        { name: 'ESC_WAMR_STACK_BYTES', value: `${STACK_BYTES}u` },
      ],
      sources: [],
      dependency: wamrDependency(['INTERP=0', 'AOT=1', ...minimalBuild]),
      facts: { poolBytes: pool, compile: command, verified: false },
      ram: [
        { name: 'linear memory, constants included', bytes: memory },
        { name: "WAMR's stack and structures", bytes: pool - memory },
      ],
      ramBytes: { constantsInFlash: null, constantsInRam: pool },
      notes: [
        `Compile the kernel with the wamrc of the same WAMR revision: \`${command}\`, then \`xxd -i kernel.aot\` into src/kernel_aot.h. The compiled code adds to RAM unless you build for execution in place (\`--xip\`).`,
        'Not verified: no wamrc was at hand when this glue was written. The float ABI must be that of your firmware, and on Cortex-M the memory protection must let RAM be executed.',
      ],
    };
  },
};

const aotHeader = (command: string): string =>
  guarded(
    'ESCAPEMENT_KERNEL_AOT_H',
    `#error "Replace this file: ${command} && xxd -i kernel.aot, as kernel_aot[] with KERNEL_AOT_BYTES"`,
  );
