/** All kinds of layers. */
import type { Layer } from '../graph/network.ts';
import type { LayerKind } from './layer-kind.ts';
import { activation } from './activation.ts';
import { attentionPool } from './attention-pool.ts';
import { concat } from './concat.ts';
import { dense } from './dense.ts';
import { forest } from './forest.ts';
import { lstm } from './lstm.ts';
import { neighbours } from './neighbours.ts';
import { softmax } from './softmax.ts';

type Kinds = { [K in Layer['kind']]: LayerKind<Extract<Layer, { kind: K }>> };

const kinds: Kinds = { activation, attentionPool, concat, dense, forest, lstm, neighbours, softmax };

export const layerKind = (layer: Layer): LayerKind => kinds[layer.kind] as LayerKind;
