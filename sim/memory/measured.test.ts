/** Memory as worked out from modules, against heaps and objects of the real runtimes and compiler (test/reference). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referenceKernel } from '../../test/reference/tools/kernels.ts';
import { findRuntime } from '../runtimes/index.ts';
import { analyse, instrument, openMeter, type ModuleAnalysis } from '../wasm/index.ts';
import { compiledKernelBytes } from './compiled-code.ts';
import { linearMemoryBytes } from './linear-memory.ts';
import { translatedWamrFast } from './translated-wamr.ts';
import { translatedWasm3 } from './translated-wasm3.ts';

interface Interpreter {
  structures: number;
  memory: number;
}

interface Measured {
  module: string;
  wasm3: Interpreter & { words: number; pages: number; translated: number };
  'wamr-fast': Interpreter & { code: number; constants: number };
  'wamr-classic': Interpreter;
  gcc: Record<'cortex-m4', Record<'wasm2c' | 'wasm2c-unchecked', number>>;
}

const { records } = JSON.parse(
  readFileSync(new URL('../../test/reference/measured-memory.json', import.meta.url), 'utf8'),
) as { records: Measured[] };

const analyses = new Map<string, ModuleAnalysis>(
  records.map(({ module }) => [module, analyse(referenceKernel(module).wasm)]),
);

describe.each(records)('$module', ({ module, wasm3, 'wamr-fast': fast, 'wamr-classic': classic }) => {
  const analysis = analyses.get(module)!;

  it('takes the translated code that wasm3 makes of it, but for bridges, and its pages are in the band', () => {
    const { words, pages, bytes } = translatedWasm3(analysis);
    // A bridge from one code page to the next is two words; br_table puts a little code for each target.
    expect(wasm3.words - words).toBeGreaterThanOrEqual(0);
    expect(wasm3.words - words).toBeLessThanOrEqual(8 + 4 * wasm3.pages);
    expect(wasm3.pages).toBeGreaterThanOrEqual(pages.low);
    expect(wasm3.pages).toBeLessThanOrEqual(pages.high);
    expect(wasm3.translated).toBeGreaterThanOrEqual(bytes.low);
    expect(wasm3.translated).toBeLessThanOrEqual(bytes.high);
  });

  it('takes the code and constants that the loader of WAMR fast makes of it', () => {
    const { codeBytes, constantBytes } = translatedWamrFast(analysis);
    expect(constantBytes).toBe(fast.constants);
    expect(Math.abs(codeBytes / fast.code - 1)).toBeLessThan(0.005);
  });

  it.each([
    ['wasm3', wasm3],
    ['wamr-fast', fast],
    ['wamr-classic', classic],
  ] as const)('has structures in the band under %s', (runtime, { structures }) => {
    const { module: base, eachFunction } = findRuntime(runtime).memory.structures!;
    const n = analysis.functions.length;
    expect(structures).toBeGreaterThanOrEqual(base.low! + n * eachFunction.low!);
    expect(structures).toBeLessThanOrEqual(base.high! + n * eachFunction.high!);
  });

  it('has the linear memory that WAMR gives it', () => {
    expect(linearMemoryBytes(analysis.module, 'heap-base').bytes).toBe(fast.memory);
    expect(classic.memory).toBe(fast.memory);
  });
});

describe('compiled kernels', () => {
  it.each([
    ['wasm2c', true],
    ['wasm2c-unchecked', false],
  ] as const)('lie in the band in nine of ten cases under %s', (runtime, checked) => {
    // Every second one, for time; the project's own kernels are the last six.
    const sample = records.filter((_, i) => i % 2 === 0);
    const inside = sample.filter(({ module, gcc }) => {
      const { entry, takesCount } = referenceKernel(module);
      const analysis = analyses.get(module)!;
      const counts = openMeter(instrument(analysis)).count((instance) =>
        (instance.exports[entry] as (n?: number) => number)(...(takesCount ? [2] : [])),
      );
      const { low, high } = compiledKernelBytes(analysis, counts, checked);
      const measured = gcc['cortex-m4'][runtime];
      return measured >= low && measured <= high;
    });
    expect(inside.length / sample.length).toBeGreaterThanOrEqual(0.9);
  });
});
