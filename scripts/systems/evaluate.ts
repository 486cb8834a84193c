/** Every model of every shipped system at its own rate: accuracy, precision, and cost on every board. */
import { listBoards } from '../../boards/load.ts';
import { openPipeline, prepare, simulateOn } from '../../cli/workbench.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import type { VerifyResult } from '../../generator/verify/verify.ts';
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
}

export async function evaluateSystem(entry: Published): Promise<SystemReport> {
  const loaded = openPipeline(entry.system);
  const rows: SystemRow[] = [];
  for (const { id } of loaded.pipeline.models) {
    const { rateHz } = loaded.pipeline.models.find((model) => model.id === id)!;
    const ready = await prepare(loaded, chooseModel(loaded.pipeline, { model: id, rateHz }), {
      verify: true,
      runtimes: [RUNTIME],
    });
    if (!ready.verified) throw new Error(`${entry.system}/${id} has no labelled windows`);
    rows.push({
      model: id,
      rateHz,
      verified: ready.verified,
      precision: precisionOf(loaded, ready.built),
      results: listBoards().map((board) => simulateOn(loaded, ready, board, RUNTIME)),
    });
  }
  return { published: entry, title: loaded.pipeline.title, rows };
}

export async function evaluateSystems(): Promise<SystemReport[]> {
  const reports: SystemReport[] = [];
  for (const entry of published) reports.push(await evaluateSystem(entry));
  return reports;
}
