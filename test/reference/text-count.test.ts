/** What `escapement time` counts is what counters in wabt's text count, on the kernels of the reference. */
import { describe, expect, it } from 'vitest';
import { timeModule } from '../../sim/time-module.ts';
import { referenceKernels } from './tools/kernels.ts';
import { missingPackages } from './tools/packages.ts';
import { textCounter } from './tools/text-count.ts';

const missing = missingPackages().includes('wabt');

describe('executed operators', () => {
  it.skipIf(missing).each(referenceKernels().filter((k) => k.takesCount && k.name < 'm'))(
    `of $name are those of the text${missing ? ' (skipped: no wabt)' : ''}`,
    { timeout: 30_000 },
    ({ wasm }) => {
      const call = { entry: 'run', args: ['2'], fuel: 1e8, core: 'cortex-m4', runtime: 'wasm3' };
      expect(timeModule(wasm, call).wasmOps).toBe(textCounter(wasm)('run', 2));
    },
  );
});
