import { expect, it } from 'vitest';
import { Refusal } from '../../common/refusals/index.ts';
import { runPool } from './pool.ts';

const run = async (tasks: number[], jobs: number) => {
  const answers = new Map<number, number>();
  const begun: number[] = [];
  await runPool('cli/threads/testing-worker.ts', tasks, jobs, {
    begun: (task: number) => void begun.push(task),
    done: (task, answer: number) => void answers.set(task, answer),
  });
  return { answers, begun };
};

it('does every task once, on more and on fewer threads than tasks', async () => {
  for (const jobs of [1, 2, 8]) {
    const { answers, begun } = await run([1, 2, 3, 4, 5], jobs);
    expect([...answers].sort(([a], [b]) => a - b)).toEqual([
      [1, 2],
      [2, 4],
      [3, 6],
      [4, 8],
      [5, 10],
    ]);
    expect(begun).toEqual([1, 2, 3, 4, 5]);
  }
});

it('throws the first refusal in the order of the tasks, whoever was quicker, as the refusal it was', async () => {
  for (let round = 0; round < 3; round++) {
    const error = await run([1, -2, -3, -4, 5], 3).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Refusal);
    expect((error as Refusal).code).toBe('ESC999');
    expect((error as Refusal).message).toBe('ESC999 -2 is below zero. Give another.');
  }
});

it('throws what broke in a worker, and what its own caller throws', async () => {
  await expect(run([1, Number.NaN, 3], 2)).rejects.toThrow('not a number');
  const failing = runPool('cli/threads/testing-worker.ts', [1, 2], 2, {
    begun: () => undefined,
    done: () => {
      throw new Error('cannot write');
    },
  });
  await expect(failing).rejects.toThrow('cannot write');
});
