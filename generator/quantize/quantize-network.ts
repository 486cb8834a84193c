/** Float network -> integer stages: calibrate, choose formats, quantize layer by layer. docs/numbers.md is the law. */
import { kernelRefusals } from '../../common/refusals/index.ts';
import { identifier } from '../emit/identifier.ts';
import type { Profile } from '../emit/profile.ts';
import type { Block, Stage } from '../emit/program.ts';
import type { Network } from '../graph/network.ts';
import type { QuantizedLayer } from '../layers/layer-kind.ts';
import { layerKind } from '../layers/registry.ts';
import { calibrate, type Calibration } from './calibrate.ts';
import { compensation } from './compensation.ts';
import type { Format } from './format.ts';
import { chooseFormats } from './formats.ts';
import type { AccumulatorProof, TableError } from '../../kernel/evidence.ts';
import { bitsToDrop } from './narrow.ts';
import { checkWidths, narrowBuffers, widthName, type Widths } from './widths.ts';
import { tableErrors } from './tables.ts';

export interface QuantizeOptions {
  weightBits: 8;
  activationBits: 16;
  /** Bits of single weight matrices, by `widthName`, and of activation buffers: see widths.ts. */
  widths?: Widths;
  /** Real value of one step of the input, where it does not come from calibration. */
  inputScale?: number;
  /** For whom the code is shaped: `aot` unless given. All profiles give the same bits. */
  profile?: Profile;
}

export interface QuantizedNetwork {
  name: string;
  /** One block a buffer of the network, then constants and scratch of the layers. */
  blocks: Block[];
  /** In order of execution, one a layer. */
  stages: Stage[];
  /** What the layers became, in order. */
  layers: readonly QuantizedLayer[];
  /** By buffer name of the network: of 16 bits, also where the block of a buffer keeps 8 of them. */
  formats: Record<string, Format>;
  /** Block that holds a buffer, by buffer name of the network. */
  bufferBlocks: Record<string, string>;
  /** Blocks of the model's input and output; both are `io`. */
  inputBlock: string;
  outputBlock: string;
  macs: number;
  proofs: AccumulatorProof[];
  /** Exact worst errors of the function tables, for the report. */
  tableErrors: readonly TableError[];
}

export function quantizeNetwork(
  network: Network,
  calibration: Calibration,
  options: QuantizeOptions,
): QuantizedNetwork {
  const { weightBits, activationBits } = options;
  if (weightBits !== 8 || activationBits !== 16)
    throw kernelRefusals.unsupportedWidths(network.name, weightBits, activationBits);
  checkWidths(network, options.widths ?? {});
  const observations = calibrate(network, calibration);
  const formats = chooseFormats(network, observations, options.inputScale);
  const dropped = new Map(
    [...narrowBuffers(network, options.widths ?? {})].map((buffer) => [
      buffer,
      bitsToDrop(observations.largest[buffer]!, formats[buffer].scale),
    ]),
  );
  const unique = uniqueNames();
  const bufferBlocks = Object.fromEntries(
    Object.keys(network.buffers).map((buffer) => [buffer, unique(`model_${identifier(buffer)}`, blockAlone)]),
  );
  const context = {
    formatOf: (buffer: string) => formats[buffer],
    droppedBits: (buffer: string) => dropped.get(buffer),
    blockOf: (buffer: string) => bufferBlocks[buffer],
    profile: options.profile ?? 'aot',
  };
  const layers = network.layers.map((layer) =>
    layerKind(layer).quantize(layer, {
      ...context,
      bitsOf: (matrix) => options.widths?.[widthName(layer, matrix)],
      compensationOf: (matrix) => compensation(observations.grams.get(layer)![matrix]),
      name: unique(`model_${identifier(layer.name || layer.kind)}`, stageAndBlocks),
    }),
  );
  const buffers = Object.keys(network.buffers).map((buffer) =>
    bufferBlock(network, buffer, bufferBlocks[buffer], formats[buffer], dropped.get(buffer)),
  );
  // Tables come with every layer that needs them: a block is the same object each time, and is kept once.
  const blocks = [...new Set([...buffers, ...layers.flatMap((layer) => layer.blocks)])];
  const stages = layers.map((layer) => layer.stage);
  return {
    name: network.name,
    blocks,
    stages,
    layers,
    formats,
    bufferBlocks,
    inputBlock: bufferBlocks[network.input],
    outputBlock: bufferBlocks[network.output],
    macs: stages.reduce((total, stage) => total + stage.macs, 0),
    proofs: stages.flatMap((stage) => stage.proofs),
    tableErrors: tableErrors(),
  };
}

function bufferBlock(
  network: Network,
  buffer: string,
  name: string,
  { type, scale }: Format,
  dropped?: number,
): Block {
  const { steps, features } = network.buffers[buffer];
  const isIo = buffer === network.input || buffer === network.output;
  return {
    name,
    type: dropped === undefined ? type : 'i8',
    length: steps * features,
    kind: isIo ? 'io' : 'buffer',
    note: `${steps} x ${features}${dropped === undefined ? '' : ' of 8 bits'}, ${buffer}`,
    scale: scale * 2 ** (dropped ?? 0),
  };
}

/** What layers append to their own name to name their blocks and functions. */
const DIRECTION_PARTS = ['units', 'candidates', 'initial', 'initial_cells'];
const OWN_BLOCKS = [
  ...[
    'weights',
    'score_weights',
    'rows',
    'sums',
    'running',
    'start',
    'state',
    'states',
    'checkpoints',
    'cells',
    'updates',
    'kept',
    'row',
    'back',
  ],
  ...['', 'forward_', 'reverse_'].flatMap((direction) => DIRECTION_PARTS.map((part) => direction + part)),
];
const OWN_FUNCTIONS = ['', '_step', '_gates'];

/** What a name stands for in the generated code: constants begin with $, functions do not. */
const blockAlone = (name: string): string[] => [`$${name}`];
const stageAndBlocks = (name: string): string[] => [
  ...OWN_FUNCTIONS.map((part) => name + part),
  ...OWN_BLOCKS.map((part) => `$${name}_${part}`),
];

/** Gives each name once; one that would collide gets a number. */
function uniqueNames(): (wanted: string, standsFor: (name: string) => string[]) => string {
  const taken = new Set<string>();
  return (wanted, standsFor) => {
    let name = wanted;
    for (let k = 2; standsFor(name).some((n) => taken.has(n)); k++) name = `${wanted}_${k}`;
    for (const n of standsFor(name)) taken.add(n);
    return name;
  };
}
