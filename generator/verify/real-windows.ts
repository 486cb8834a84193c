/** Real windows of a model's input, for looking at its layers: test windows where there are any, else those of calibration. */
import type { ModelChoice } from '../choose-model.ts';
import { readSafetensorsFile } from '../data/safetensors.ts';
import type { Network } from '../graph/network.ts';
import { calibrationWindows } from '../pipeline/calibration-windows.ts';
import type { LoadedPipeline } from '../pipeline/load.ts';
import { evaluationData, sizeOfModel, type EvaluationData } from './evaluation-data.ts';

export interface RealWindows {
  windows: readonly Float64Array[];
  /** What they are, for people: "test windows of pulse/25hz". */
  origin: string;
}

/** A model that is re-timed sees calibration windows stretched in time. */
export function realWindows(loaded: LoadedPipeline, choice: ModelChoice, network: Network): RealWindows {
  const { model, trainedForRate, rateHz } = choice;
  if (trainedForRate && model.evaluation) {
    const file = loaded.resolve(model.evaluation.file);
    const data = evaluationData(
      readSafetensorsFile(file),
      { ...model.evaluation, file },
      sizeOfModel(network),
    );
    return { windows: testWindows(data), origin: 'test windows' };
  }
  const stretched = trainedForRate ? '' : `, stretched from ${model.rateHz} to ${rateHz} Hz`;
  return {
    windows: calibrationWindows(loaded, choice, network).windows,
    origin: `calibration windows${stretched}`,
  };
}

const testWindows = (data: EvaluationData): readonly Float64Array[] =>
  data.kind === 'verification' ? data.test.windows : data.windows;

/** At most `most` of them, evenly spread. */
export function spread<T>(items: readonly T[], most: number): T[] {
  const count = Math.min(items.length, most);
  return Array.from({ length: count }, (_, k) => items[Math.floor((k * items.length) / count)]!);
}
