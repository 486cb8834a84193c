/** Runs a kernel on the labelled windows of its model and compares its decisions with the float model's. */
import { status } from '../../kernel/manifest.ts';
import { KernelInstance } from '../../kernel/instance.ts';
import type { BuiltKernel } from '../build-kernel.ts';
import { cliRefusals } from '../../common/refusals/index.ts';
import { readSafetensorsFile } from '../data/safetensors.ts';
import type { LoadedPipeline } from '../pipeline/load.ts';
import { templateMatcher } from '../stages/template-float.ts';
import { evaluationData, sizeOfModel } from './evaluation-data.ts';
import { outputsOf, requireShares } from './shares.ts';
import { compareDecisions, type FixedVerifier, type VerifyResult } from './verify.ts';

/** Throws ESC604 without evaluation data and ESC605 for a rate that the model was not trained for. */
export function verifyKernel(loaded: LoadedPipeline, built: BuiltKernel): VerifyResult {
  const { pipeline } = loaded;
  const { model, rateHz, trainedForRate } = built.choice;
  if (!trainedForRate) throw cliRefusals.notTrainedForRate(model.id, model.rateHz, rateHz);
  if (!model.evaluation) throw cliRefusals.noEvaluation(pipeline.name, model.id);
  const file = loaded.resolve(model.evaluation.file);
  const data = evaluationData(
    readSafetensorsFile(file),
    { ...model.evaluation, file },
    sizeOfModel(built.network),
  );
  if (data.kind === 'identification' && model.evaluation.kind === 'identification')
    requireShares(built.network, data.floatOutputs, { file, tensor: model.evaluation.floatOutput });
  const kernel = KernelInstance.load(built.wasm, built.manifest);
  kernel.reset();
  if (pipeline.decision.kind === 'score')
    return compareDecisions(data, {
      judge: (window) => judge(kernel, window),
      thresholds: pipeline.decision.thresholds,
    });
  if (pipeline.decision.kind === 'argmax')
    return compareDecisions(data, {
      runModel: (window) => run(kernel, window),
      outputs: outputsOf(built.network),
    });
  if (pipeline.decision.kind === 'template') {
    const { decision } = pipeline;
    if (kernel.manifest.io.key) kernel.cells(kernel.manifest.io.key).set(VERIFICATION_KEY as never);
    return compareDecisions(
      data,
      { verifier: kernelVerifier(kernel) },
      {
        threshold: model.threshold ?? decision.threshold,
        enrolled: (templates) =>
          templateMatcher(templates, {
            ...decision,
            distance: model.distance ?? decision.distance,
            key: VERIFICATION_KEY,
          }),
      },
    );
  }
  const { threshold, epsilon } = pipeline.decision;
  return compareDecisions(
    data,
    { verifier: kernelVerifier(kernel) },
    { threshold: model.threshold ?? threshold, epsilon },
  );
}

/** Any key will do, as all trials are of one device: the owner's. */
export const VERIFICATION_KEY = [
  0x45736361, 0x70656d65, 0x6e743a20, 0x6e6f2073, 0x65637265, 0x742c2061, 0x206b6579, 1,
];

function judge(kernel: KernelInstance, window: Float64Array) {
  run(kernel, window);
  const decision = kernel.decide();
  if (decision < 0) throw new Error(`decide() answered ${decision}`);
  return { accepted: decision === 1, confidence: kernel.readReal(kernel.manifest.io.score!)[0] };
}

function run(kernel: KernelInstance, window: Float64Array): Float64Array {
  kernel.writeModelInput(window);
  kernel.model();
  return kernel.readModelOutput();
}

/** Enrolment and decision run in the kernel. A window's model output is kept, as each window meets every template. */
function kernelVerifier(kernel: KernelInstance): FixedVerifier {
  const outputs = new Map<Float64Array, ArrayLike<number>>();
  const { modelOutput, score, suspended } = kernel.manifest.io;
  const load = (window: Float64Array): void => {
    const known = outputs.get(window);
    if (known) return (kernel.cells(modelOutput) as Int16Array).set(known);
    run(kernel, window);
    outputs.set(window, (kernel.cells(modelOutput) as Int16Array).slice());
  };
  return {
    reset: () => kernel.reset(),
    enrol(window) {
      load(window);
      const count = kernel.enrol();
      if (count < 0) throw new Error(`enrol() answered ${count}`);
    },
    decide(window) {
      load(window);
      if (suspended) kernel.cells(suspended).fill(0 as never);
      const decision = kernel.decide();
      if (decision === status.notEnrolled || decision < 0) throw new Error(`decide() answered ${decision}`);
      return { accepted: decision === 1, distance: kernel.readReal(score!)[0] };
    },
  };
}
