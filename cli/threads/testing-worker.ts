/** The worker of pool.test.ts: doubles numbers, refuses odd ones below zero, and breaks at NaN. */
import { refusedElsewhere } from '../../common/refusals/index.ts';
import { serveTasks } from './serve-tasks.ts';

serveTasks((n: number) => {
  if (Number.isNaN(n)) return Promise.reject(new Error('not a number'));
  if (n < 0) return Promise.reject(refusedElsewhere('ESC999', `ESC999 ${n} is below zero. Give another.`));
  return Promise.resolve(2 * n);
});
