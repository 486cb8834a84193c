/** What calibration windows show of a network, by its float evaluation: value ranges and second moments. */
import { kernelRefusals } from '../../common/refusals/index.ts';
import type { Layer, Network } from '../graph/network.ts';
import { evaluateNetwork } from '../layers/evaluate-network.ts';
import type { Observe } from '../layers/layer-kind.ts';
import { layerKind } from '../layers/registry.ts';
import { addSample, createGram, type Gram } from './gram.ts';

export interface Calibration {
  /** Model inputs, [steps * features] each. */
  windows: readonly Float64Array[];
}

/**
 * Calibration looks at this many windows, evenly spread over those given, or at fewer long ones: about as many steps
 * as 64 windows of 200. More change ranges and moments little and cost time.
 */
const CALIBRATION_WINDOWS = 64;
const CALIBRATION_STEPS = 64 * 200;
const FEWEST_WINDOWS = 8;

export interface Observations {
  /** Largest magnitude by buffer. */
  largest: Record<string, number>;
  /** Second moments of the inputs of each weight matrix. */
  grams: ReadonlyMap<Layer, Gram[]>;
}

const known = new WeakMap<Network, WeakMap<Calibration, Observations>>();

/** Observes once: the same network and calibration meet again for every shape of code. */
export function calibrate(network: Network, calibration: Calibration): Observations {
  const ofNetwork = known.get(network) ?? new WeakMap<Calibration, Observations>();
  const observations = ofNetwork.get(calibration) ?? observe(network, calibration);
  known.set(network, ofNetwork.set(calibration, observations));
  return observations;
}

function observe(network: Network, { windows }: Calibration): Observations {
  if (windows.length === 0) throw kernelRefusals.noCalibration(network.name);
  const { steps } = network.buffers[network.input];
  const affordable = Math.max(FEWEST_WINDOWS, Math.floor(CALIBRATION_STEPS / steps));
  const count = Math.min(windows.length, CALIBRATION_WINDOWS, affordable);
  const largest: Record<string, number> = {};
  const grams = new Map(
    network.layers.map((layer) => [layer, (layerKind(layer).observed?.(layer) ?? []).map(createGram)]),
  );
  const observer = (layer: Layer): Observe => {
    const own = grams.get(layer) ?? [];
    return (matrix, sample) => addSample(own[matrix], sample);
  };
  for (let k = 0; k < count; k++) {
    const index = Math.floor((k * windows.length) / count);
    const values = evaluateNetwork(network, windows[index], observer);
    for (const [buffer, cells] of Object.entries(values)) {
      let found = largest[buffer] ?? 0;
      for (const v of cells) if (!(Math.abs(v) <= found)) found = Math.abs(v);
      if (!Number.isFinite(found)) throw kernelRefusals.notFinite(network.name, buffer, index);
      largest[buffer] = found;
    }
  }
  if (largest[network.input] === 0) throw kernelRefusals.noCalibration(network.name);
  return { largest, grams };
}
