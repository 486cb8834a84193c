/** A worker thread of a comparison: kernels in, what they cost out. */
import { compareKernel, type KernelQuestion } from './compared-kernel.ts';
import { serveTasks } from './threads/serve-tasks.ts';
import { openPipeline } from './workbench.ts';

serveTasks((question: KernelQuestion) => compareKernel(openPipeline(question.pipeline), question));
