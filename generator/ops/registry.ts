/** Every operator that the float reference knows: one line each. */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { Node } from '../graph/graph.ts';
import { relu } from './activation/relu.ts';
import { sigmoid } from './activation/sigmoid.ts';
import { softmax } from './activation/softmax.ts';
import { tanh } from './activation/tanh.ts';
import { add } from './arithmetic/add.ts';
import { div } from './arithmetic/div.ts';
import { mul } from './arithmetic/mul.ts';
import { sub } from './arithmetic/sub.ts';
import { gemm } from './linear/gemm.ts';
import { matmul } from './linear/matmul.ts';
import { lstm } from './recurrent/lstm.ts';
import { reduceSum } from './reduce/reduce-sum.ts';
import { concat } from './shape/concat.ts';
import { constant } from './shape/constant.ts';
import { dropout } from './shape/dropout.ts';
import { expand } from './shape/expand.ts';
import { flatten } from './shape/flatten.ts';
import { gather } from './shape/gather.ts';
import { identity } from './shape/identity.ts';
import { reshape } from './shape/reshape.ts';
import { shape } from './shape/shape.ts';
import { slice } from './shape/slice.ts';
import { split } from './shape/split.ts';
import { squeeze } from './shape/squeeze.ts';
import { transpose } from './shape/transpose.ts';
import { unsqueeze } from './shape/unsqueeze.ts';
import type { OpDefinition } from './op.ts';

const all: readonly OpDefinition[] = [
  add,
  concat,
  constant,
  div,
  dropout,
  expand,
  flatten,
  gather,
  gemm,
  identity,
  lstm,
  matmul,
  mul,
  reduceSum,
  relu,
  reshape,
  shape,
  sigmoid,
  slice,
  softmax,
  split,
  squeeze,
  sub,
  tanh,
  transpose,
  unsqueeze,
];

const keyOf = (domain: string, op: string): string => `${domain}:${op}`;

const byKey: ReadonlyMap<string, OpDefinition> = new Map(
  all.map((definition) => [keyOf(definition.domain, definition.op), definition]),
);

/** The definition of a node's operator, or a refusal that names the node. */
export function definitionOf(node: Node): OpDefinition {
  const definition = byKey.get(keyOf(node.domain, node.op));
  if (definition) return definition;
  throw modelRefusals.unknownOperator(node.name, node.domain ? `${node.domain}.${node.op}` : node.op);
}

/** Names of all operators, for documentation. */
export const operatorNames: readonly string[] = all.map(({ domain, op }) =>
  domain ? `${domain}.${op}` : op,
);
