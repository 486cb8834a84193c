import type { KernelManifest, ManifestBlock } from '../../kernel/manifest.ts';
import type { Program } from '../emit/program.ts';
import type { MemoryPlan } from '../layout/plan.ts';
import type { KernelIdentity } from './compile-kernel.ts';

export function writeManifest(
  program: Program,
  plan: MemoryPlan,
  identity: KernelIdentity,
  made: { generator: string; wasmSha256: string; signature: string },
): KernelManifest {
  const block = (name: string): ManifestBlock => {
    const placement = plan.placements.get(name);
    if (!placement) throw new Error(`the program has no block ${name}`);
    const { type, length, scale, scales } = placement.block;
    return {
      name,
      address: placement.address,
      type,
      length,
      ...(scale === undefined ? {} : { scale }),
      ...(scales ? { scales } : {}),
    };
  };
  const optional = (name?: string) => (name === undefined ? undefined : block(name));
  return {
    manifestVersion: 1,
    name: program.name,
    profile: program.profile ?? 'aot',
    ...made,
    rateHz: identity.rateHz,
    windowSeconds: identity.windowSeconds,
    hopSeconds: identity.hopSeconds,
    steps: identity.steps,
    channels: identity.channels,
    trainedForRate: identity.trainedForRate,
    ...(identity.widths ? { widths: identity.widths } : {}),
    memory: {
      pages: plan.pages,
      constantBytes: plan.constantBytes,
      stateBytes: plan.stateBytes,
      bufferBytes: plan.ioBytes + plan.bufferBytes,
      dataEnd: plan.dataEnd,
      heapBase: plan.heapBase,
    },
    io: {
      frame: optional(identity.io.frame),
      time: optional(identity.io.time),
      sensor: optional(identity.io.sensor),
      modelInput: block(identity.io.modelInput),
      modelOutput: block(identity.io.modelOutput),
      score: optional(identity.io.score),
      retrain: optional(identity.io.retrain),
      choice: optional(identity.io.choice),
      suspended: optional(identity.io.suspended),
      key: optional(identity.io.key),
    },
    decision: identity.decision,
    stages: program.stages.map((stage) => ({
      export: stage.name,
      title: stage.title,
      macs: stage.macs,
      ...(stage.recomputed ? { recomputed: stage.recomputed } : {}),
      ...(stage.parallel ? { parallel: stage.parallel } : {}),
    })),
    entries: program.entries.map((entry) => ({ export: entry.name, stages: entry.stages })),
    blocks: program.blocks.map((b) => ({ ...block(b.name), kind: b.kind, note: b.note })),
    macs: program.stages.reduce((total, stage) => total + stage.macs, 0),
  };
}
