/** Kernel as C: no runtime on the device, one static memory, constants in flash. */
import { wasm2cNamesHeader } from '../wasm2c/names-header.ts';
import { asGenerated, planAccesses } from '../wasm2c/access-plan.ts';
import { generatedNames } from '../wasm2c/names.ts';
import { rewriteAccesses } from '../wasm2c/rewrite.ts';
import { translate } from '../wasm2c/translate.ts';
import { staticFile } from '../files/static-files.ts';
import type { RuntimeExport } from './firmware-runtime.ts';

export const wasm2c: RuntimeExport = {
  id: 'wasm2c',
  title: 'C code from wasm2c',
  host: 'host_wasm2c.c',
  build({ wasm, manifest, weights = 'flash', checks = 'proved' }) {
    const { code, header, version } = translate(wasm, 'kernel_code');
    const plan = planAccesses(wasm, manifest, { weights, checks });
    const { regions, count } = plan;
    const ramBytes = regions.heapBase - regions.ramFirst;
    const inFlash = regions.weights === 'flash';
    const about = `/* Made from kernel.wasm by wasm2c ${version} (wabt, Apache-2.0); ${plan.accesses.length} memory accesses rewritten by Escapement:\n * ${count.flash} in constants, ${count.ram} in RAM, ${count.any} checked at run time, ${count.never} never reached. */\n#ifndef NDEBUG\n#define NDEBUG /* its assertions would bring in stdio and a heap */\n#endif\n`;
    return {
      files: new Map([
        ['src/kernel_code.c', about + (asGenerated(checks) ? code : rewriteAccesses(code, plan))],
        ['src/kernel_code.h', header],
        ['src/kernel_names.h', wasm2cNamesHeader(generatedNames(header))],
        ['src/wasm-rt.h', staticFile('src/wasm-rt.h')],
      ]),
      config: [
        { name: 'ESC_FLASH_FIRST', value: `${regions.flashFirst}u` },
        { name: 'ESC_FLASH_END', value: `${regions.flashEnd}u` },
        { name: 'ESC_RAM_FIRST', value: `${regions.ramFirst}u` },
        { name: 'ESC_RAM_BYTES', value: `${ramBytes}u` },
        ...(inFlash ? [{ name: 'ESC_WEIGHTS_IN_FLASH', value: 1 }] : []),
        ...(checks === 'generated-unchecked' ? [{ name: 'ESC_UNCHECKED', value: 1 }] : []),
      ],
      sources: ['kernel_code.c'],
      facts: {
        translator: `wasm2c ${version}`,
        weights: regions.weights,
        boundsChecks: checks,
        memoryAccesses: { total: plan.accesses.length, ...count },
      },
      ram: [
        ...(inFlash ? [] : [{ name: 'constants, copied at start', bytes: regions.flashEnd }]),
        { name: 'state, input, output and buffers', bytes: regions.heapBase - regions.flashEnd },
      ],
      ramBytes: {
        constantsInFlash: plan.separable ? regions.heapBase - regions.flashEnd : null,
        constantsInRam: regions.heapBase,
      },
      notes: [
        `Of ${plan.accesses.length} loads and stores, ${count.any} keep a bounds check; the others are proved to stay in the kernel's memory for every input.`,
        inFlash
          ? `The ${manifest.memory.constantBytes} bytes of constants are read from flash and take no RAM.`
          : `The ${manifest.memory.constantBytes} bytes of constants are copied into RAM at start.`,
      ],
    };
  },
};
