/** Worker threads that take one task after the other until none is left. */
import { Worker } from 'node:worker_threads';
import { refusedElsewhere } from '../../common/refusals/index.ts';
import type { Reply } from './serve-tasks.ts';

const thread = new URL('../../bin/thread.mjs', import.meta.url);

export interface PoolEvents<Task, Answer> {
  /** A worker has begun a task. */
  begun(task: Task): void;
  /** What came of a task, in no certain order. */
  done(task: Task, answer: Answer): void;
}

interface Failure {
  /** Place of the task. */
  at: number;
  error: Error;
}

/**
 * Ends when every task is done. After a refusal or a fault no further task is begun; of those that failed, the first in the order of
 * the tasks is thrown, so that one input gives one message.
 *
 * @param source The worker's, below the root; it calls `serveTasks`.
 */
export async function runPool<Task, Answer>(
  source: string,
  tasks: readonly Task[],
  jobs: number,
  events: PoolEvents<Task, Answer>,
): Promise<void> {
  const waiting = tasks.map((task, at) => ({ task, at }));
  const failures: Failure[] = [];
  const workers = Array.from(
    { length: Math.min(jobs, tasks.length) },
    () => new Worker(thread, { argv: [source], execArgv: [] }),
  );
  const serve = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let current: { task: Task; at: number } | undefined;
      const next = (): void => {
        current = failures.length > 0 ? undefined : waiting.shift();
        if (!current) return resolve();
        events.begun(current.task);
        worker.postMessage(current.task);
      };
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`a worker of ${source} ended with code ${code}`)));
      worker.on('message', (reply: Reply<Answer>) => {
        const { task, at } = current!;
        try {
          if ('answer' in reply) events.done(task, reply.answer);
          else failures.push({ at, error: errorOf(reply) });
        } catch (error) {
          failures.push({ at, error: error as Error });
        }
        next();
      });
      next();
    });
  try {
    await Promise.all(workers.map(serve));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  if (failures.length > 0) throw failures.reduce((a, b) => (b.at < a.at ? b : a)).error;
}

const errorOf = (reply: Exclude<Reply<never>, { answer: never }>): Error =>
  'refused' in reply ? refusedElsewhere(reply.refused.code, reply.refused.message) : new Error(reply.fault);
