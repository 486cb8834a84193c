/** Sessions of labelled windows as a kernel decides them: what `sim/policy` plays. */
import { pipelineRefusals } from '../common/refusals/index.ts';
import type { BuiltKernel } from '../generator/build-kernel.ts';
import { readSafetensorsFile, requireTensor } from '../generator/data/safetensors.ts';
import type { LoadedPipeline } from '../generator/pipeline/load.ts';
import { evaluationData, sizeOfModel } from '../generator/verify/evaluation-data.ts';
import { VERIFICATION_KEY } from '../generator/verify/verify-kernel.ts';
import { KernelInstance } from '../kernel/instance.ts';
import type { Session } from '../sim/policy/takeover.ts';

/** By owner: every session of everybody, decided by the owner's kernel. Throws ESC274 where the windows do not tell sessions. */
export function policySessions({ pipeline, resolve }: LoadedPipeline, built: BuiltKernel): Session[][] {
  const { model } = built.choice;
  const { evaluation } = model;
  if (!evaluation || evaluation.kind === 'identification' || !evaluation.session)
    throw pipelineRefusals.noPolicy(
      `${pipeline.name}/${model.id}`,
      'its labelled windows do not name "session"',
    );
  const file = resolve(evaluation.file);
  const tensors = readSafetensorsFile(file);
  const data = evaluationData(tensors, { ...evaluation, file }, sizeOfModel(built.network));
  const numbers = requireTensor(tensors, evaluation.session, file);
  if (data.kind === 'identification') throw new Error('identification has no owner');
  const windows = data.kind === 'owner' ? data.windows : data.test.windows;
  if (numbers.data.length !== windows.length)
    throw pipelineRefusals.evaluationShape(
      file,
      evaluation.session,
      numbers.shape.join(', '),
      `one number for each of ${windows.length} windows`,
    );
  const kernel = KernelInstance.load(built.wasm, built.manifest);
  const rows = windows.map((x, i) => ({
    x,
    session: numbers.data[i]!,
    person:
      data.kind === 'owner'
        ? data.genuine[i]
          ? 'owner'
          : `somebody else (session ${numbers.data[i]})`
        : `person ${data.test.users[i]}`,
  }));
  if (data.kind === 'owner') return [sessionsOf(kernel, rows, 'owner')];
  return [...new Set(data.enrol.users)].map((user) => {
    kernel.reset();
    const { key } = kernel.manifest.io;
    if (key) kernel.cells(key).set(VERIFICATION_KEY as never);
    data.enrol.windows.forEach((x, i) => {
      if (data.enrol.users[i] !== user) return;
      kernel.writeModelInput(x);
      kernel.model();
      const count = kernel.enrol();
      if (count < 0) throw new Error(`enrol() answered ${count}`);
    });
    return sessionsOf(kernel, rows, `person ${user}`);
  });
}

function sessionsOf(
  kernel: KernelInstance,
  rows: readonly { x: Float64Array; session: number; person: string }[],
  owner: string,
): Session[] {
  const { suspended, retrain } = kernel.manifest.io;
  const numbers = [...new Set(rows.map(({ session }) => session))];
  return numbers.map((number) => {
    const own = rows.filter(({ session }) => session === number);
    // A request stands until the host clears it; each session begins without one.
    if (retrain) kernel.cells(retrain).fill(0 as never);
    const decided = own.map(({ x }) => {
      // The guard locks; here every window gets its own answer.
      if (suspended) kernel.cells(suspended).fill(0 as never);
      kernel.writeModelInput(x);
      kernel.model();
      const answer = kernel.decide();
      if (answer < 0) throw new Error(`decide() answered ${answer}`);
      return { answer, asks: retrain ? Number(kernel.cells(retrain)[0]) !== 0 : false };
    });
    return {
      person: own[0]!.person,
      owner,
      answers: decided.map(({ answer }) => answer),
      asks: decided.map(({ asks }) => asks),
    };
  });
}
