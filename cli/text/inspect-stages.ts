/** What `escapement inspect` says of the stages of a kernel: bytes of their own, and how often each runs for a decision. */
import type { BuiltKernel } from '../../generator/build-kernel.ts';
import type { Block } from '../../generator/emit/program.ts';
import { writesOfLayer } from '../../generator/graph/draft.ts';
import { bytesOf } from '../../generator/quantize/format.ts';
import { bytes, count } from '../../report/text/quantity.ts';
import { table } from '../../report/text/table.ts';

export interface StageView {
  name: string;
  title: string;
  /** Constants that no other stage uses, tables shared by several stages left out. */
  constantBytes: number;
  /** Multiply-accumulates of one call. */
  macs: number;
  /** Calls from one decision to the next; enrolment is no part of that. */
  callsADecision: number;
}

export interface StagesView {
  stages: StageView[];
  /** Constants that several stages share: function tables. */
  sharedBytes: number;
  /** All calls from one decision to the next. */
  macsADecision: number;
}

/** Constants of each layer: weights, scales, and function tables that no other layer reads. Layers of one stage are told apart. */
export function layerBytes({ quantized }: Pick<BuiltKernel, 'quantized'>): number[] {
  const constants = quantized.layers.map(({ blocks }) => blocks.filter((b) => b.kind === 'constant'));
  const users = (block: Block): number => constants.filter((blocks) => blocks.includes(block)).length;
  return constants.map((blocks) => size(blocks.filter((block) => users(block) === 1)));
}

/** Bits of the values that a layer writes (its sequence, where it has one), whether a buffer holds them or a pool takes them as they come. */
export function outputBits(
  { network, quantized }: Pick<BuiltKernel, 'network' | 'quantized'>,
  layer: number,
): number {
  const { buffer } = writesOfLayer(network.layers[layer]!)[0]!;
  const block = quantized.blocks.find(({ name }) => name === quantized.bufferBlocks[buffer])!;
  return 8 * bytesOf[block.type];
}

const size = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, b) => sum + b.length * bytesOf[b.type], 0);

/**
 * Stages of push() and sample() run once a frame, as often as frames come between two decisions; those of infer() once; enrol() not at
 * all. Samples with timestamps come at rates of their own: a frame is then one step of the window.
 */
export function stagesView({ program, manifest }: Pick<BuiltKernel, 'program' | 'manifest'>): StagesView {
  const calledBy = (stage: string): number => {
    const entries = program.entries.filter((entry) => entry.stages.includes(stage)).map((e) => e.name);
    if (entries.includes('infer')) return 1;
    return entries.some((name) => name === 'push' || name === 'sample')
      ? Math.round(manifest.hopSeconds * manifest.rateHz)
      : 0;
  };
  const constants = program.blocks.filter((block) => block.kind === 'constant');
  const users = (block: string): number =>
    program.stages.filter((stage) => stage.blocks.includes(block)).length;
  const stages = program.stages.map((stage) => ({
    name: stage.name,
    title: stage.title,
    constantBytes: size(constants.filter((b) => stage.blocks.includes(b.name) && users(b.name) === 1)),
    macs: stage.macs,
    callsADecision: calledBy(stage.name),
  }));
  return {
    stages,
    sharedBytes: size(constants.filter((b) => users(b.name) > 1)),
    macsADecision: stages.reduce((sum, stage) => sum + stage.macs * stage.callsADecision, 0),
  };
}

export function stagesText({ stages, sharedBytes, macsADecision }: StagesView): string[] {
  const right = (header: string) => ({ header, align: 'right' as const });
  return [
    ...table(
      [
        { header: 'stage' },
        right('constants'),
        right('MACs a call'),
        right('calls a decision'),
        right('MACs a decision'),
      ],
      stages.map((s) => [
        s.title || s.name,
        bytes(s.constantBytes),
        count(s.macs),
        count(s.callsADecision),
        count(s.macs * s.callsADecision),
      ]),
    ),
    `shared tables ${bytes(sharedBytes)}; ${count(macsADecision)} multiply-accumulates from one decision to the next, samples included`,
  ];
}
