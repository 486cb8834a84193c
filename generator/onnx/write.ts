/** Graph -> ONNX file: the inverse of parse.ts, for exporting transformed models and for building test models. */
import type { Attribute, Graph, Node } from '../graph/graph.ts';
import type { Tensor, TensorType } from '../graph/tensor.ts';
import { dataTypeOf } from './element-type.ts';
import { floatAttributes } from './float-attributes.ts';
import { isGraph } from './order.ts';
import { ModelType, TensorType as TensorMessage } from './schema.ts';
import { type NumericType, toRawBytes } from './raw-bytes.ts';

/**
 * Writes a model file (IR version 8). Attributes named in float-attributes.ts are written as FLOAT(S). `outputTypes`: of the outputs, in
 * order; other tools want them, the importer here does not.
 */
export function writeOnnx(graph: Graph, outputTypes: readonly TensorType[] = []): Uint8Array {
  const model = {
    irVersion: 8,
    producerName: 'escapement',
    opsetImport: Object.entries(graph.opsets).map(([domain, version]) => ({ domain, version })),
    graph: graphMessage(graph, outputTypes),
  };
  return plainBytes(ModelType.encode(ModelType.fromObject(model)).finish());
}

/** Writes a TensorProto file, as the conformance suites hold them. */
export function writeTensor(name: string, tensor: Tensor): Uint8Array {
  return plainBytes(TensorMessage.encode(TensorMessage.fromObject(tensorMessage(name, tensor))).finish());
}

/** The library yields a Node Buffer from a shared pool, whose slice() does not copy. */
const plainBytes = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

function graphMessage(graph: Graph, outputTypes: readonly TensorType[] = []): object {
  return {
    name: graph.name,
    node: graph.nodes.map(nodeMessage),
    initializer: [...graph.initializers].map(([name, tensor]) => tensorMessage(name, tensor)),
    input: graph.inputs.map((input) => ({ name: input.name, type: typeMessage(input) })),
    output: graph.outputs.map((name, i) => ({
      name,
      ...(outputTypes[i] ? { type: typeMessage(outputTypes[i]) } : {}),
    })),
  };
}

function typeMessage({ type, shape }: TensorType): object {
  const dim = shape.map((size) => ({ dimValue: size }));
  return { tensorType: { elemType: dataTypeOf(type), shape: { dim } } };
}

function nodeMessage(node: Node): object {
  return {
    name: node.name,
    opType: node.op,
    domain: node.domain,
    input: node.inputs,
    output: node.outputs,
    attribute: Object.entries(node.attributes).map(([name, value]) => ({
      name,
      ...attributeMessage(value, floatAttributes.has(name)),
    })),
  };
}

function attributeMessage(value: Attribute, float: boolean): object {
  if (typeof value === 'string') return { type: 3, s: utf8(value) };
  if (typeof value === 'number') {
    return float || !Number.isInteger(value) ? { type: 1, f: value } : { type: 2, i: int64Text(value) };
  }
  if (isGraph(value)) return { type: 5, g: graphMessage(value) };
  if (isTensor(value)) return { type: 4, t: tensorMessage('', value) };
  if (value.some((item) => typeof item === 'string')) {
    return { type: 8, strings: (value as readonly string[]).map(utf8) };
  }
  const numbers = value as readonly number[];
  return float || !numbers.every(Number.isInteger)
    ? { type: 6, floats: numbers }
    : { type: 7, ints: numbers.map(int64Text) };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const isTensor = (value: Attribute): value is Tensor => typeof value === 'object' && 'shape' in value;

/** Infinities stand for the ends of int64, see graph/tensor.ts. */
function int64Text(value: number): string {
  if (value === Infinity) return '9223372036854775807';
  if (value === -Infinity) return '-9223372036854775808';
  return String(value);
}

function tensorMessage(name: string, tensor: Tensor): object {
  const head = { name, dims: tensor.shape, dataType: dataTypeOf(tensor.type) };
  if (tensor.type === 'string') {
    return { ...head, stringData: tensor.strings!.map(utf8) };
  }
  return { ...head, rawData: toRawBytes(tensor.data, tensor.type as NumericType) };
}
