/** AttributeProto -> Attribute (onnx.proto, message AttributeProto; `type` tells which field holds the value). */
import { modelRefusals } from '../../common/refusals/index.ts';
import type { Attribute } from '../graph/graph.ts';
import { toNumber } from './int64.ts';
import { type AttributeProto, type GraphProto, has } from './messages.ts';
import { toTensor } from './tensor-proto.ts';
import type { Graph } from '../graph/graph.ts';

const kinds = ['undefined', 'f', 'i', 's', 't', 'g', 'floats', 'ints', 'strings'] as const;
const unsupportedKinds: Readonly<Record<number, string>> = {
  9: 'a list of tensors',
  10: 'a list of graphs',
  11: 'a sparse tensor',
  12: 'a list of sparse tensors',
  13: 'a type',
  14: 'a list of types',
};

/** Decodes one attribute; `toGraph` decodes a subgraph. */
export function toAttribute(
  proto: AttributeProto,
  fileName: string,
  node: string,
  toGraph: (graph: GraphProto) => Graph,
): Attribute {
  const name = proto.name ?? '';
  const where = `Attribute "${name}" of node "${node}" in ${fileName}`;
  const refuse = (kind: string) => modelRefusals.attributeKind(fileName, node, name, kind);
  if (proto.refAttrName) throw refuse('a reference to a function attribute');
  if (has(proto, 'type') && unsupportedKinds[proto.type!]) throw refuse(unsupportedKinds[proto.type!]!);
  const text = new TextDecoder();
  switch (kindOf(proto)) {
    case 'f':
      return proto.f ?? 0;
    case 'i':
      return has(proto, 'i') ? toNumber(proto.i!, where) : 0;
    case 's':
      return has(proto, 's') ? text.decode(proto.s) : '';
    case 't':
      if (!proto.t) throw refuse('empty');
      return toTensor(proto.t, fileName, `${node}.${name}`);
    case 'g':
      if (!proto.g) throw refuse('empty');
      return toGraph(proto.g);
    case 'floats':
      return proto.floats;
    case 'ints':
      return proto.ints.map((value) => toNumber(value, where));
    case 'strings':
      return proto.strings.map((value) => text.decode(value));
    default:
      throw refuse('of an unknown kind');
  }
}

/** Files of IR version 1 have no `type`: then the field that is there decides. */
function kindOf(proto: AttributeProto): (typeof kinds)[number] {
  if (has(proto, 'type') && proto.type !== 0) return kinds[proto.type!] ?? 'undefined';
  const single = (['f', 'i', 's', 't', 'g'] as const).find((field) => has(proto, field));
  if (single) return single;
  return (['floats', 'ints', 'strings'] as const).find((field) => proto[field].length > 0) ?? 'undefined';
}
