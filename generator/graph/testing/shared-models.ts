/** Test support: the trained models and their float outputs in ../shared/models, where that folder exists. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSafetensorsFile, requireTensor } from '../../data/safetensors.ts';
import { parseOnnx } from '../../onnx/parse.ts';
import type { Graph } from '../graph.ts';

const folder = fileURLToPath(new URL('../../../../shared/models/', import.meta.url));

export const sharedModels = [
  'pulse/20hz',
  'pulse/25hz',
  'pulse/50hz',
  'pulse/100hz',
  'pulse-wrist/20hz',
  'pulse-wrist/25hz',
  'pulse-wrist/64hz',
  'deepauth/rnn64',
  'deepauth/rnn128',
  'deepauth/sub128',
];

/** Why tests on shared models cannot run here; undefined when they can. */
export const sharedModelsAbsent: string | undefined = existsSync(folder)
  ? undefined
  : 'the folder ../shared/models is not on this machine';

export const loadModel = (model: string): Graph =>
  parseOnnx(readFileSync(`${folder}${model}/model.onnx`), `${model}/model.onnx`);

export interface ReferenceWindow {
  /** Model input, [steps][channels] flattened. */
  x: Float64Array;
  /** The original framework's float output. */
  y: Float64Array;
}

/** Some windows of a model with the outputs of the framework that trained it, spread over the recording. */
export function referenceWindows(model: string, count: number): ReferenceWindow[] {
  const file = readSafetensorsFile(`${folder}${model}/windows.safetensors`);
  const [xName, yName] = file.has('logits') ? ['x', 'logits'] : ['x_test', 'feature_test'];
  const rows = (name: string) => {
    const { shape, data } = requireTensor(file, name, model);
    const size = data.length / shape[0]!;
    return { total: shape[0]!, at: (i: number) => data.subarray(i * size, (i + 1) * size) };
  };
  const x = rows(xName!);
  const y = rows(yName!);
  return Array.from({ length: count }, (_, i) => {
    const index = Math.floor((i * x.total) / count);
    return { x: x.at(index), y: y.at(index) };
  });
}
