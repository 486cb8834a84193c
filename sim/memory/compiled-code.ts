/**
 * Flash of the compiled kernel: instructions of the compiled-code model, 2 or 4 bytes each, times what gcc makes of it.
 *
 * The model leaves out entry and exit of functions, literal pools and code that gcc copies. Over 67 modules (61 loops and
 * the project's own kernels) gcc's object is 1.26 times the model's bytes, 0.9 to 1.8 in nine of ten: a test holds it.
 */
import { scale, type Estimate } from '../../common/estimate.ts';
import { compiledCodeBytes } from '../timing/compiled/block-cycles.ts';
import type { BlockCounts, ModuleAnalysis } from '../wasm/index.ts';

export const OBJECT_RATIO: Estimate = { value: 1.26, low: 0.9, high: 1.8 };

/** Counts decide what is inlined and laid out first; those of a real window are meant. */
export const compiledKernelBytes = (
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  checked: boolean,
  rewritten = false,
): Estimate => scale(OBJECT_RATIO, compiledCodeBytes(analysis, counts, checked, rewritten));
