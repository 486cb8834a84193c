/** A worker thread of a sweep: kernels in, their rows out. */
import { serveTasks } from '../threads/serve-tasks.ts';
import { costKernel } from './cost-kernel.ts';

serveTasks(costKernel);
