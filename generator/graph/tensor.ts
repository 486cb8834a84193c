/** Element types of ONNX tensors that the float reference knows. */
export type ElementType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'bool'
  | 'string';

/**
 * A dense row-major tensor. Numbers of every element type are held as float64, so int64 is exact
 * to 2^53 only: the importer refuses other values, except that INT64_MAX and INT64_MIN (which
 * exporters use for "to the end") become +Infinity and -Infinity.
 * Values of float32 tensors are kept rounded to float32 (`Math.fround`).
 */
export interface Tensor {
  type: ElementType;
  shape: readonly number[];
  data: Float64Array;
  /** Only for `type: 'string'`: the strings; `data` is then empty. */
  strings?: readonly string[];
}

export const elementCount = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** What is known of a tensor before it has a value. */
export interface TensorType {
  type: ElementType;
  shape: readonly number[];
}
