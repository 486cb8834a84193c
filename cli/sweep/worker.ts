/** A worker thread of a sweep: kernels in, their rows out. Faults go back as text; the pool ends the run with them. */
import { parentPort } from 'node:worker_threads';
import { costKernel } from './cost-kernel.ts';
import type { KernelTask } from './plan.ts';

export type Answer = { number: number; rows: string } | { number: number; fault: string };

parentPort!.on('message', (task: KernelTask) => {
  const answer = (message: Answer) => parentPort!.postMessage(message);
  costKernel(task).then(
    (rows) => answer({ number: task.number, rows }),
    (error: unknown) =>
      answer({
        number: task.number,
        fault: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  );
});
