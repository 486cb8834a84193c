/** The float reference of a whole network: the truth that kernels are compared with. */
import type { Layer, Network } from '../graph/network.ts';
import type { Observe } from './layer-kind.ts';
import { layerKind } from './registry.ts';

/** Values of every buffer ([steps * features], float64) for one model input of the same layout. `observe` is for calibration. */
export function evaluateNetwork(
  network: Network,
  window: Float64Array,
  observe?: (layer: Layer) => Observe,
): Record<string, Float64Array> {
  const buffers: Record<string, Float64Array> = {};
  for (const [name, { steps, features }] of Object.entries(network.buffers))
    buffers[name] = new Float64Array(steps * features);
  if (window.length !== buffers[network.input].length)
    throw new Error(
      `${network.name} takes ${buffers[network.input].length} values, the window has ${window.length}`,
    );
  buffers[network.input].set(window);
  for (const layer of network.layers) layerKind(layer).evaluate(layer, buffers, observe?.(layer));
  return buffers;
}
