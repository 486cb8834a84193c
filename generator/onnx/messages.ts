/**
 * What the decoder yields for the messages of schema.ts; int64 values are Long objects (exact).
 * A singular field that the file does not hold shows its default (0, '', no bytes, null): `has` tells the two apart.
 */
export const has = (message: object, field: string): boolean => Object.hasOwn(message, field);

export interface Int64 {
  toNumber(): number;
  toString(): string;
}

export interface ModelProto {
  irVersion?: Int64;
  graph?: GraphProto | null;
  opsetImport: { domain?: string; version?: Int64 }[];
}

export interface GraphProto {
  node: NodeProto[];
  name?: string;
  initializer: TensorProto[];
  sparseInitializer: { values?: TensorProto }[];
  input: ValueInfoProto[];
  output: ValueInfoProto[];
}

export interface NodeProto {
  input: string[];
  output: string[];
  name?: string;
  opType?: string;
  domain?: string;
  attribute: AttributeProto[];
}

export interface AttributeProto {
  name?: string;
  f?: number;
  i?: Int64;
  s?: Uint8Array;
  t?: TensorProto | null;
  g?: GraphProto | null;
  floats: number[];
  ints: Int64[];
  strings: Uint8Array[];
  tensors: TensorProto[];
  graphs: GraphProto[];
  type?: number;
  refAttrName?: string;
  sparseTensor?: unknown;
}

export interface TensorProto {
  dims: Int64[];
  dataType?: number;
  segment?: unknown;
  floatData: number[];
  int32Data: number[];
  stringData: Uint8Array[];
  int64Data: Int64[];
  name?: string;
  rawData?: Uint8Array;
  doubleData: number[];
  uint64Data: Int64[];
  externalData: unknown[];
  dataLocation?: number;
}

export interface ValueInfoProto {
  name?: string;
  type?: {
    tensorType?: {
      elemType?: number;
      shape?: { dim: { dimValue?: Int64; dimParam?: string }[] };
    };
    sequenceType?: unknown;
    mapType?: unknown;
    sparseTensorType?: unknown;
    optionalType?: unknown;
  };
}
