/** Refusals by node: short spellings for operator files. */
import { type Refusal, modelRefusals } from '../../../common/refusals/index.ts';
import type { Node } from '../../graph/graph.ts';

/** The node uses a feature that is not implemented; `why` is a clause without a full stop. */
export const unsupported = (node: Node, why: string): Refusal =>
  modelRefusals.unsupported(node.name, node.op, why);

/** The node contradicts the specification. */
export const invalid = (node: Node, why: string): Refusal =>
  modelRefusals.invalidNode(node.name, node.op, why);
