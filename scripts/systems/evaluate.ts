/** Every model of every shipped system at its own rate: accuracy, precision, and cost on every board. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listBoards } from '../../boards/load.ts';
import { policySessions } from '../../cli/policy-sessions.ts';
import { build, openPipeline, prepare, simulateOn } from '../../cli/workbench.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { loadPipeline, type LoadedPipeline } from '../../generator/pipeline/load.ts';
import type { VerifyResult } from '../../generator/verify/verify.ts';
import type { Policy } from '../../sim/policy/guard.ts';
import { takeovers, type Takeovers } from '../../sim/policy/takeover.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { precisionOf, type Precision } from './precision.ts';
import { published, type Published } from './papers.ts';

/** Ahead-of-time C: what most firmware would ship. */
export const RUNTIME = 'wasm2c';

export interface SystemRow {
  model: string;
  rateHz: number;
  verified: VerifyResult;
  precision: Precision;
  /** One a board. */
  results: SimulationResult[];
}

export interface SystemReport {
  published: Published;
  title: string;
  rows: SystemRow[];
  policy: PolicyRow[];
}

/** How fast somebody else is locked out under the policy of the pipeline file; the first model counts. */
export interface PolicyRow {
  model: string;
  policy: Policy;
  takeovers: Takeovers;
}

export async function evaluateSystem(entry: Published): Promise<SystemReport> {
  const main = openPipeline(entry.system);
  const rows = await rowsOf(main, '');
  for (const path of entry.also ?? []) {
    const loaded = loadPipeline(fileURLToPath(new URL(`../../${path}`, import.meta.url)));
    rows.push(...(await rowsOf(loaded, `${basename(path, '.json')}/`)));
  }
  const policy = main.pipeline.policy ? [await policyOf(main, main.pipeline.policy)] : [];
  return { published: entry, title: main.pipeline.title, rows, policy };
}

async function rowsOf(loaded: LoadedPipeline, prefix: string): Promise<SystemRow[]> {
  const rows: SystemRow[] = [];
  for (const { id, rateHz } of loaded.pipeline.models) {
    const ready = await prepare(loaded, chooseModel(loaded.pipeline, { model: id, rateHz }), {
      verify: true,
      runtimes: [RUNTIME],
    });
    if (!ready.verified) throw new Error(`${loaded.pipeline.name}/${id} has no labelled windows`);
    rows.push({
      model: prefix + id,
      rateHz,
      verified: ready.verified,
      precision: precisionOf(loaded, ready.built),
      results: listBoards().map((board) => simulateOn(loaded, ready, board, RUNTIME)),
    });
  }
  return rows;
}

async function policyOf(loaded: LoadedPipeline, policy: Policy): Promise<PolicyRow> {
  const { pipeline } = loaded;
  const [model] = pipeline.models;
  const { seconds, hopSeconds } = pipeline.window;
  const built = await build(loaded, chooseModel(pipeline, { model: model!.id, rateHz: model!.rateHz }));
  return {
    model: model!.id,
    policy,
    takeovers: takeovers(policySessions(loaded, built).flat(), policy, {
      windowSeconds: seconds,
      hopSeconds,
    }),
  };
}

export async function evaluateSystems(): Promise<SystemReport[]> {
  const reports: SystemReport[] = [];
  for (const entry of published) reports.push(await evaluateSystem(entry));
  return reports;
}
