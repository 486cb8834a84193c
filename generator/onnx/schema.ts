/**
 * The part of the ONNX file format that the importer reads, as a protobufjs reflection tree.
 * Field numbers and types follow onnx/onnx.proto (IR version 13); fields that carry no meaning for inference
 * (doc strings, metadata, training, device placement) are left out and skipped by the decoder.
 */
import protobuf from 'protobufjs/light.js';

/** Explicit presence (proto2, as in onnx.proto): an absent field is no own property of the message. */
const one = (id: number, type: string): protobuf.IField => ({ id, type, edition: 'proto2' });
const many = (id: number, type: string): protobuf.IField => ({ id, type, rule: 'repeated' });
/** Numbers packed into one length-delimited field; the decoder takes the unpacked spelling as well. */
const packed = (id: number, type: string): protobuf.IField => ({
  ...many(id, type),
  options: { packed: true },
});

const root = protobuf.Root.fromJSON({
  nested: {
    ModelProto: {
      fields: {
        irVersion: one(1, 'int64'),
        producerName: one(2, 'string'),
        graph: one(7, 'GraphProto'),
        opsetImport: many(8, 'OperatorSetIdProto'),
        functions: many(25, 'FunctionProto'),
      },
    },
    OperatorSetIdProto: { fields: { domain: one(1, 'string'), version: one(2, 'int64') } },
    FunctionProto: { fields: { name: one(1, 'string'), domain: one(10, 'string') } },
    GraphProto: {
      fields: {
        node: many(1, 'NodeProto'),
        name: one(2, 'string'),
        initializer: many(5, 'TensorProto'),
        input: many(11, 'ValueInfoProto'),
        output: many(12, 'ValueInfoProto'),
        sparseInitializer: many(15, 'SparseTensorProto'),
      },
    },
    NodeProto: {
      fields: {
        input: many(1, 'string'),
        output: many(2, 'string'),
        name: one(3, 'string'),
        opType: one(4, 'string'),
        attribute: many(5, 'AttributeProto'),
        domain: one(7, 'string'),
      },
    },
    AttributeProto: {
      fields: {
        name: one(1, 'string'),
        f: one(2, 'float'),
        i: one(3, 'int64'),
        s: one(4, 'bytes'),
        t: one(5, 'TensorProto'),
        g: one(6, 'GraphProto'),
        floats: many(7, 'float'),
        ints: many(8, 'int64'),
        strings: many(9, 'bytes'),
        tensors: many(10, 'TensorProto'),
        graphs: many(11, 'GraphProto'),
        type: one(20, 'int32'),
        refAttrName: one(21, 'string'),
        sparseTensor: one(22, 'SparseTensorProto'),
      },
    },
    TensorProto: {
      fields: {
        dims: many(1, 'int64'),
        dataType: one(2, 'int32'),
        segment: one(3, 'Segment'),
        floatData: packed(4, 'float'),
        int32Data: packed(5, 'int32'),
        stringData: many(6, 'bytes'),
        int64Data: packed(7, 'int64'),
        name: one(8, 'string'),
        rawData: one(9, 'bytes'),
        doubleData: packed(10, 'double'),
        uint64Data: packed(11, 'uint64'),
        externalData: many(13, 'StringStringEntryProto'),
        dataLocation: one(14, 'int32'),
      },
    },
    Segment: { fields: { begin: one(1, 'int64'), end: one(2, 'int64') } },
    StringStringEntryProto: { fields: { key: one(1, 'string'), value: one(2, 'string') } },
    SparseTensorProto: { fields: { values: one(1, 'TensorProto') } },
    ValueInfoProto: { fields: { name: one(1, 'string'), type: one(2, 'TypeProto') } },
    TypeProto: {
      fields: {
        tensorType: one(1, 'TensorTypeProto'),
        sequenceType: one(4, 'Opaque'),
        mapType: one(5, 'Opaque'),
        sparseTensorType: one(8, 'Opaque'),
        optionalType: one(9, 'Opaque'),
      },
    },
    TensorTypeProto: { fields: { elemType: one(1, 'int32'), shape: one(2, 'TensorShapeProto') } },
    TensorShapeProto: { fields: { dim: many(1, 'Dimension') } },
    Dimension: { fields: { dimValue: one(1, 'int64'), dimParam: one(2, 'string') } },
    Opaque: { fields: {} },
  },
});

export const ModelType = root.lookupType('ModelProto');
export const TensorType = root.lookupType('TensorProto');
