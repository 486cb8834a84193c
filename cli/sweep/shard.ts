/** Parts of a sweep for jobs that run side by side: kernel k belongs to shard (k mod n) + 1. */
import { badShard } from '../../common/refusals/sweep.ts';

export interface Shard {
  /** From 1. */
  number: number;
  of: number;
}

/** "2/8". Throws ESC520. */
export function parseShard(text: string): Shard {
  const [, number, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim()) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  if (!(shard.number >= 1 && shard.number <= shard.of)) throw badShard(text);
  return shard;
}

export const inShard = <Task extends { number: number }>(
  tasks: readonly Task[],
  { number, of }: Shard,
): Task[] => tasks.filter((task) => task.number % of === number - 1);
