/**
 * What a sweep covers: every pipeline, family, rate, width of weights, board, runtime and shape of code, in this order. All configurations
 * of one pipeline, family, rate and width share a kernel; kernels are the unit of work, of shards and of going on after a break.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { loadBoard } from '../../boards/load.ts';
import { toolName } from '../../common/tool.ts';
import { chooseModel, familyOf, families } from '../../generator/choose-model.ts';
import { canonicalJson } from '../../report/json/canonical.ts';
import { digestInput, type InputDigest } from '../../report/json/fingerprint.ts';
import type { LoadedPipeline } from '../../generator/pipeline/load.ts';
import { openPipeline } from '../workbench.ts';

/** `fit`: the shape that suits the runtime. */
export const shapes = ['fit', 'aot', 'interp'] as const;
export type Shape = (typeof shapes)[number];

/** Bits of all weight matrices; `own`: those of the pipeline. */
export const weightWidths = ['own', '4', '8', '16'] as const;
export type WeightWidth = (typeof weightWidths)[number];

export interface SweepRequest {
  /** As given on the command line. */
  pipelines: readonly string[];
  /** Families or models; all families when absent. */
  models?: readonly string[];
  /** Those of each pipeline when absent. */
  rates?: readonly number[];
  /** Ids or paths. */
  boards: readonly string[];
  runtimes: readonly string[];
  shapes: readonly Shape[];
  widths: readonly WeightWidth[];
  accuracy: boolean;
}

/** One kernel to build, and the configurations to cost with it: boards x runtimes x shapes. */
export interface KernelTask {
  number: number;
  pipeline: string;
  family: string;
  rateHz: number;
  width: WeightWidth;
  boards: readonly string[];
  runtimes: readonly string[];
  shapes: readonly Shape[];
  accuracy: boolean;
  /** Index of its first configuration in the sweep. */
  firstIndex: number;
}

/** What `sweep.json` says; equal for all shards of a sweep. */
export interface SweepPlan {
  tool: string;
  /** SHA-256 over the request and every file that it rests on. */
  digest: string;
  configurations: number;
  kernels: { pipeline: string; family: string; rateHz: number; width: WeightWidth }[];
  boards: string[];
  runtimes: string[];
  shapes: Shape[];
  accuracy: boolean;
}

export function planSweep(request: SweepRequest): { plan: SweepPlan; tasks: KernelTask[] } {
  const { boards, runtimes, accuracy } = request;
  const perKernel = boards.length * runtimes.length * request.shapes.length;
  const tasks: KernelTask[] = [];
  const kernels: SweepPlan['kernels'] = [];
  const inputs: InputDigest[] = [];
  for (const given of request.pipelines) {
    const loaded = openPipeline(given);
    const { pipeline } = loaded;
    inputs.push(...digestsOf(loaded));
    for (const family of familiesOf(loaded, request.models))
      for (const rateHz of request.rates ?? pipeline.rates)
        for (const width of request.widths) {
          const number = tasks.length;
          const { shapes } = request;
          const firstIndex = number * perKernel;
          const kernel = { family, rateHz, width };
          tasks.push({
            number,
            pipeline: given,
            ...kernel,
            ...{ boards, runtimes, shapes, accuracy },
            firstIndex,
          });
          kernels.push({ pipeline: pipeline.name, ...kernel });
        }
  }
  const boardFiles = boards.map(loadBoard);
  inputs.push(...boardFiles.map((board) => digestInput(`board/${board.id}`, JSON.stringify(board))));
  const plan = {
    tool: toolName,
    configurations: tasks.length * perKernel,
    kernels,
    boards: boardFiles.map(({ id }) => id),
    runtimes: [...runtimes],
    shapes: [...request.shapes],
    accuracy,
  };
  const digest = createHash('sha256').update(canonicalJson({ plan, inputs })).digest('hex');
  return { plan: { ...plan, digest }, tasks };
}

/** Families that a list of families and models names in one pipeline, each once; all when there is no list. Throws ESC601. */
function familiesOf({ pipeline }: LoadedPipeline, models: readonly string[] | undefined): string[] {
  if (!models) return families(pipeline);
  return [...new Set(models.map((model) => familyOf(chooseModel(pipeline, { model }).model)))];
}

/** Digests of a pipeline and of every file that it names. */
function digestsOf({ path, pipeline, resolve }: LoadedPipeline): InputDigest[] {
  const named = new Set<string>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (key === 'file' || key === 'files' || key === 'neighbours') named.add(value);
    } else if (Array.isArray(value)) for (const item of value) walk(item, key);
    else if (value !== null && typeof value === 'object')
      for (const [inner, member] of Object.entries(value)) walk(member, inner);
  };
  walk(pipeline, '');
  const files = [...named].filter((file) => existsSync(resolve(file)) && statSync(resolve(file)).isFile());
  return [
    digestInput(`${pipeline.name}/pipeline.json`, readFileSync(path)),
    ...files.map((file) => digestInput(`${pipeline.name}/${file}`, readFileSync(resolve(file)))),
  ];
}
