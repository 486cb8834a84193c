/** Refusals ESC3xx: quantization, layout, emission and compilation. */
import { define } from './refusal.ts';

export const accumulatorOverflow = define(
  'ESC301',
  (layer: string, bound: number) =>
    `Layer ${layer}: the worst case of an accumulator is ${bound}, beyond 32 bits.`,
  () => 'Lower the weight or activation bits of this layer, or split it.',
);

export const compilerFailed = define(
  'ESC302',
  (kernel: string, message: string) => `The AssemblyScript compiler refused kernel ${kernel}: ${message}`,
  () => 'This is a fault of the generator: report it with the pipeline that caused it.',
);

export const invalidModule = define(
  'ESC303',
  (kernel: string, rule: string) => `Kernel ${kernel} breaks the flashable-module rule "${rule}".`,
  () => 'This is a fault of the generator: report it with the pipeline that caused it.',
);

export const wrongSignature = define(
  'ESC304',
  (wasm: string, manifest: string) => `The manifest (${manifest}) does not belong to the kernel (${wasm}).`,
  () => 'Compile the pipeline again and use the two files that come out together.',
);
