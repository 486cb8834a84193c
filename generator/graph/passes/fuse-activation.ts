/** A dense layer followed by an activation that is its only reader becomes one layer. */
import { type Draft, type DraftLayer, replaceLayers, sameView, soleReader } from '../draft.ts';

export function fuseActivation(draft: Draft): Draft {
  const changes = new Map<DraftLayer, DraftLayer | undefined>();
  for (const layer of draft.layers) {
    if (layer.kind !== 'dense' || layer.activation !== 'none') continue;
    const reader = soleReader(draft, layer.output.buffer);
    if (reader?.kind !== 'activation' || !sameView(reader.input, layer.output)) continue;
    changes.set(layer, { ...layer, activation: reader.activation, output: reader.output });
    changes.set(reader, undefined);
  }
  return replaceLayers(draft, changes);
}
