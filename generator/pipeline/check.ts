/** What the types of a pipeline cannot say: every check names the path to the field. */
import { statSync } from 'node:fs';
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { sensorsOf } from '../features/sensors.ts';
import { LONGEST_GAP_US } from '../stages/sample-stage.ts';
import { decisionOf, definitionOf } from '../stages/registry.ts';
import { MAX_STEPS } from '../stages/zscore-stage.ts';
import type { ModelVariant, Pipeline } from './pipeline.ts';
import { samplesIn } from './timing.ts';

export interface CheckContext {
  /** Field path -> what a refusal calls the place. */
  at: (field: string) => string;
  /** Path as written -> absolute path. */
  resolve: (file: string) => string;
}

/** Throws the first refusal, in the order of the pipeline file. */
export function checkPipeline(pipeline: Pipeline, context: CheckContext): void {
  const { at } = context;
  const { channels, models, rates, window, decision } = pipeline;
  checkName(at('name'), pipeline.name);
  requireSome(at('channels'), channels, 'channel');
  requireSome(at('models'), models, 'model');
  requireSome(at('rates'), rates, 'sampling rate in Hz');
  checkPositive(pipeline, at);
  channels.forEach(({ name }, i) => {
    if (name.trim() === '') throw pipelineRefusals.badName(at(`channels[${i}].name`), name);
  });
  distinct(
    channels.map((c) => c.name),
    (i) => at(`channels[${i}].name`),
  );
  models.forEach((model, i) => {
    checkName(at(`models[${i}].id`), model.id);
    if (model.family !== undefined) checkName(at(`models[${i}].family`), model.family);
  });
  distinct(
    models.map((m) => m.id),
    (i) => at(`models[${i}].id`),
  );
  distinct(
    models.map((m) => `${m.family ?? m.id} at ${m.rateHz} Hz`),
    (i) => at(`models[${i}].rateHz`),
  );
  distinct(
    rates.map((r) => `${r} Hz`),
    (i) => at(`rates[${i}]`),
  );

  models.forEach((model, i) => checkPassThrough(pipeline, model, at(`models[${i}].passThrough`)));
  checkPolicy(pipeline, at);
  checkTimestamps(pipeline, at);
  const ratesHz = [...new Set([...rates, ...models.map((m) => m.rateHz)])];
  checkRates(pipeline, ratesHz, at);
  decisionOf(decision).check(
    decision,
    models.map((variant, i) => ({ variant, where: at(`models[${i}]`) })),
    at('decision'),
    window.hopSeconds,
  );
  checkFiles(pipeline, context);
}

/** What must hold at every rate that a kernel is built for, those of the command line too. */
export function checkRates(
  pipeline: Pipeline,
  ratesHz: readonly number[],
  at: (field: string) => string,
): void {
  const { window, preprocess } = pipeline;
  for (const rateHz of ratesHz) checkWindow(window, rateHz, at);
  preprocess.forEach((step, i) =>
    definitionOf(step).check(step, {
      pipeline,
      ratesHz: [...ratesHz],
      where: at(`preprocess[${i}]`),
      before: preprocess.slice(0, i),
    }),
  );
}

function checkPositive(pipeline: Pipeline, at: CheckContext['at']): void {
  const numbers: [string, number | undefined, string][] = [
    ...pipeline.channels.map(({ lsb, unit }, i): [string, number, string] => [
      `channels[${i}].lsb`,
      lsb,
      unit,
    ]),
    ['window.seconds', pipeline.window.seconds, 's'],
    ['window.hopSeconds', pipeline.window.hopSeconds, 's'],
    ['budgets.latencyMs', pipeline.budgets.latencyMs, 'ms'],
    ['budgets.averageMw', pipeline.budgets.averageMw, 'mW'],
    ['budgets.batteryHours', pipeline.budgets.batteryHours, 'h'],
    ['minAgreementPercent', pipeline.minAgreementPercent, 'percent'],
    ...pipeline.rates.map((rate, i): [string, number, string] => [`rates[${i}]`, rate, 'Hz']),
    ...pipeline.models.map(({ rateHz }, i): [string, number, string] => [
      `models[${i}].rateHz`,
      rateHz,
      'Hz',
    ]),
  ];
  for (const [field, value, unit] of numbers)
    if (value !== undefined && !(value > 0 && Number.isFinite(value)))
      throw pipelineRefusals.notPositive(at(field), value, unit);
}

function checkWindow(window: Pipeline['window'], rateHz: number, at: CheckContext['at']): void {
  const steps = samplesIn(window.seconds, rateHz);
  if (steps < 2) throw pipelineRefusals.windowTooShort(at('window.seconds'), window.seconds, rateHz, steps);
  if (steps > MAX_STEPS)
    throw pipelineRefusals.windowTooLong(at('window.seconds'), window.seconds, rateHz, steps, MAX_STEPS);
  const hop = samplesIn(window.hopSeconds, rateHz);
  if (hop < 1) throw pipelineRefusals.windowTooShort(at('window.hopSeconds'), window.hopSeconds, rateHz, hop);
  if (hop > 2 ** 30)
    throw pipelineRefusals.windowTooLong(at('window.hopSeconds'), window.hopSeconds, rateHz, hop, 2 ** 30);
}

function checkPolicy({ policy, window }: Pipeline, at: CheckContext['at']): void {
  if (!policy) return;
  const { decideEverySeconds, lock, silenceSeconds } = policy;
  if (!(lock.of >= 1 && lock.of <= 64 && Number.isInteger(lock.of)))
    throw pipelineRefusals.badCount(at('policy.lock.of'), lock.of, 'decisions', 1, 64);
  if (!(lock.rejections >= 1 && lock.rejections <= lock.of && Number.isInteger(lock.rejections)))
    throw pipelineRefusals.badCount(at('policy.lock.rejections'), lock.rejections, 'rejections', 1, lock.of);
  if (!(decideEverySeconds >= window.hopSeconds && Number.isFinite(decideEverySeconds)))
    throw pipelineRefusals.policyTooShort(
      at('policy.decideEverySeconds'),
      decideEverySeconds,
      window.hopSeconds,
    );
  if (!(silenceSeconds >= decideEverySeconds && Number.isFinite(silenceSeconds)))
    throw pipelineRefusals.policyTooShort(at('policy.silenceSeconds'), silenceSeconds, decideEverySeconds);
}

/** Features reach the decision in one scale only behind "minmax", and only distances and norms make sense of them. */
function checkPassThrough({ preprocess, decision }: Pipeline, model: ModelVariant, where: string): void {
  if (!model.passThrough) return;
  if (preprocess.at(-1)?.step !== 'minmax') throw pipelineRefusals.passThroughUnscaled(where);
  if (decision.kind !== 'template' && decision.kind !== 'mvn')
    throw pipelineRefusals.passThroughDecision(where, decision.kind);
  const other = model.neighbours ? 'neighbours' : model.perContext ? 'perContext' : undefined;
  if (other) throw pipelineRefusals.passThroughAndModel(where, other);
}

/** Samples of a sensor come together: its channels must stand together. */
function checkTimestamps({ timestamps, channels, window }: Pipeline, at: CheckContext['at']): void {
  if (!timestamps) return;
  const { longestGapSeconds } = timestamps;
  // A longer bridge could complete two windows with one sample.
  const most = Math.min(LONGEST_GAP_US / 1e6, window.hopSeconds);
  if (!(longestGapSeconds > 0 && longestGapSeconds <= most))
    throw pipelineRefusals.badGap(at('timestamps.longestGapSeconds'), longestGapSeconds, most);
  for (const own of sensorsOf(channels))
    if (own.at(-1)! - own[0] !== own.length - 1)
      throw pipelineRefusals.scatteredSensor(at('channels'), channels[own[0]].sensor);
}

function checkFiles({ models, recordings = [] }: Pipeline, { at, resolve }: CheckContext): void {
  const files = [
    ...models.flatMap((model, i): [string, string | undefined][] => [
      [`models[${i}].file`, model.file],
      ...(model.perContext?.files ?? []).map((file, k): [string, string] => [
        `models[${i}].perContext.files[${k}]`,
        file,
      ]),
      [`models[${i}].calibration.file`, model.calibration.file],
      [`models[${i}].evaluation.file`, model.evaluation?.file],
    ]),
    ...recordings.map(({ file }, i): [string, string] => [`recordings[${i}].file`, file]),
  ];
  for (const [field, file] of files)
    if (file !== undefined && !isFile(resolve(file))) throw pipelineRefusals.missingFile(at(field), file);
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function requireSome(where: string, list: readonly unknown[], what: string): void {
  if (list.length === 0) throw pipelineRefusals.emptyList(where, what);
}

/** Names become parts of file names and of command lines. */
function checkName(where: string, name: string): void {
  if (!/^[A-Za-z0-9][\w.-]{0,99}$/.test(name)) throw pipelineRefusals.badName(where, name);
}

function distinct(names: readonly string[], where: (i: number) => string): void {
  names.forEach((name, i) => {
    const first = names.indexOf(name);
    if (first < i) throw pipelineRefusals.duplicateName(where(i), name, where(first));
  });
}
