/**
 * How a vector of features enters a model: the format of the input, and the model rewritten for it.
 *
 * Behind "minmax" every feature lies in 0 .. 1 and one scale, 1 / 32767, serves all. Otherwise each has its own unit, a power of two: feature f
 * is x(f) = integer * 2^-14 * gain(f), and the first layers take in the gains (columns of weights times the gain, thresholds over it).
 * Powers of two keep that exact, so a feature that lies on a threshold, as multiples of a frequency bin do, still goes the right way.
 */
import { kernelRefusals } from '../../common/refusals/index.ts';
import type { DecisionTree, Layer, Network } from '../graph/network.ts';
import type { Calibration } from '../quantize/calibrate.ts';
import { layerKind } from '../layers/registry.ts';

export interface ModelInput {
  network: Network;
  calibration: Calibration;
  /** Real value of one step of the network's input. */
  inputScale: number;
  /** Real value of one step of each feature, where they differ. */
  scales?: number[];
}

/** A gain is a power of two at or above every value seen: half of the range is headroom. */
const UNIT = 2 ** -14;

export const unitRange = (network: Network, calibration: Calibration): ModelInput => ({
  network,
  calibration,
  inputScale: 1 / 32767,
});

export function ownUnits(network: Network, { windows }: Calibration): ModelInput {
  if (windows.length === 0) throw kernelRefusals.noCalibration(network.name);
  const gains = windows[0].map((_, f) => gainOf(windows, f));
  return {
    network: { ...network, layers: network.layers.map((layer) => withGains(layer, network, gains)) },
    calibration: { windows: windows.map((window) => window.map((x, f) => x / gains[f])) },
    inputScale: UNIT,
    scales: Array.from(gains, (gain) => gain * UNIT),
  };
}

function gainOf(windows: Calibration['windows'], feature: number): number {
  const largest = windows.reduce((most, window) => Math.max(most, Math.abs(window[feature])), 0);
  return largest > 0 ? 2 ** Math.ceil(Math.log2(largest)) : 1;
}

function withGains(layer: Layer, network: Network, gains: Float64Array): Layer {
  if (
    !layerKind(layer)
      .reads(layer)
      .some((view) => view.buffer === network.input)
  )
    return layer;
  if (layer.kind === 'dense' && layer.input.steps === 1) {
    const { features, offset } = layer.input;
    return { ...layer, weights: layer.weights.map((w, k) => w * gains[offset + (k % features)]) };
  }
  if (layer.kind === 'kernelRidge' && !layer.vectors) {
    const { offset } = layer.input;
    return { ...layer, weights: layer.weights.map((w, k) => w * gains[offset + k]) };
  }
  if (layer.kind === 'forest') {
    const { offset } = layer.input;
    return { ...layer, trees: layer.trees.map((tree) => divideThresholds(tree, gains.subarray(offset))) };
  }
  throw kernelRefusals.featuresIntoLayer(network.name, layer.name, layer.kind);
}

function divideThresholds(tree: DecisionTree, gains: Float64Array): DecisionTree {
  if ('votes' in tree) return tree;
  return {
    feature: tree.feature,
    threshold: tree.threshold / gains[tree.feature],
    yes: divideThresholds(tree.yes, gains),
    no: divideThresholds(tree.no, gains),
  };
}
