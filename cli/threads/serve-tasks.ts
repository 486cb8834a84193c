/** A worker thread's side of `runPool`: tasks in, answers out. Refusals go back by number, other errors as text. */
import { parentPort } from 'node:worker_threads';
import { Refusal } from '../../common/refusals/index.ts';

export type Reply<Answer> =
  { answer: Answer } | { refused: { code: string; message: string } } | { fault: string };

export function serveTasks<Task, Answer>(work: (task: Task) => Promise<Answer>): void {
  const reply = (message: Reply<Answer>) => parentPort!.postMessage(message);
  parentPort!.on('message', (task: Task) => {
    work(task).then(
      (answer) => reply({ answer }),
      (error: unknown) => reply(failed(error)),
    );
  });
}

function failed(error: unknown): Reply<never> {
  if (error instanceof Refusal) return { refused: { code: error.code, message: error.message } };
  return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
