/** The thread of `compileAhead`: the first kernel is left to whoever asked, who wants it at once. */
import { workerData } from 'node:worker_threads';
import { chooseModel } from '../generator/choose-model.ts';
import type { AheadPlan } from './compile-ahead.ts';
import { build, openPipeline } from './workbench.ts';

const { pipeline, kernels } = workerData as AheadPlan;
const loaded = openPipeline(pipeline);
for (const { model, rateHz, profile } of kernels.slice(1))
  await build(loaded, chooseModel(loaded.pipeline, { model, rateHz }), profile);
