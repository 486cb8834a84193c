/** Worker threads that take one kernel after the other until none is left. */
import { Worker } from 'node:worker_threads';
import type { KernelTask } from './plan.ts';
import type { Answer } from './worker.ts';

const thread = new URL('../../bin/thread.mjs', import.meta.url);

export interface PoolEvents {
  /** A worker has begun a kernel. */
  begun(task: KernelTask): void;
  /** Rows of a kernel, in no certain order. */
  done(task: KernelTask, rows: string): void;
}

/** Ends when every task is done. A fault in a worker, or thrown by `done`, ends all of them and is thrown. */
export async function runPool(tasks: readonly KernelTask[], jobs: number, events: PoolEvents): Promise<void> {
  const waiting = [...tasks];
  const workers = Array.from(
    { length: Math.min(jobs, tasks.length) },
    () => new Worker(thread, { argv: ['cli/sweep/worker.ts'], execArgv: [] }),
  );
  try {
    await Promise.all(workers.map((worker) => serve(worker, waiting, events)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function serve(worker: Worker, waiting: KernelTask[], events: PoolEvents): Promise<void> {
  return new Promise((resolve, reject) => {
    let current: KernelTask | undefined;
    const next = (): void => {
      current = waiting.shift();
      if (!current) return resolve();
      events.begun(current);
      worker.postMessage(current);
    };
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a worker of the sweep ended with code ${code}`)));
    worker.on('message', (answer: Answer) => {
      try {
        if ('fault' in answer) throw new Error(`kernel ${answer.number} of the sweep: ${answer.fault}`);
        events.done(current!, answer.rows);
        next();
      } catch (error) {
        reject(error as Error);
      }
    });
    next();
  });
}
