/** Timing: counted blocks in, cycles out. */
export { estimateCycles, type CycleEstimate, type FunctionCost } from './estimate.ts';
export { scanNote } from './interpreted/scan-note.ts';
