/**
 * Compiles the kernels that a long command will want in a second thread, into the cache: a run with a cold cache then waits less for
 * the compiler. What goes wrong there goes wrong again, and is told, where the kernel is wanted.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Profile } from '../generator/emit/profile.ts';
import { cacheFolder } from '../generator/compile/cache-folder.ts';

export interface AheadPlan {
  /** Pipeline file. */
  pipeline: string;
  /** In the order in which they will be wanted. */
  kernels: readonly { model: string; rateHz: number; profile: Profile }[];
}

/** Fewer kernels than this are compiled before a thread has started. */
const WORTH_A_THREAD = 4;
const thread = new URL('../bin/thread.mjs', import.meta.url);

/** Gives what ends the thread. */
export function compileAhead(plan: AheadPlan): () => Promise<void> {
  if (plan.kernels.length < WORTH_A_THREAD || availableParallelism() < 2 || !cacheFolder())
    return () => Promise.resolve();
  const worker = new Worker(thread, {
    argv: ['cli/compile-ahead-worker.ts'],
    execArgv: [],
    workerData: plan,
  });
  worker.on('error', () => undefined);
  return () => worker.terminate().then(() => undefined);
}
