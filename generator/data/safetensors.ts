/**
 * Reader and writer of the safetensors format (Hugging Face, safetensors README, "Format"):
 *
 *   | u64 little-endian n | n bytes of JSON, space padded                                   | tensor bytes |
 *                         | {"name": {"dtype", "shape", "data_offsets": [begin, end]}, ...} |
 *
 * Offsets count from the end of the header; tensors are row-major and little-endian, and cover the bytes without
 * gap or overlap. The optional entry `__metadata__` maps strings to strings.
 */
import { readFileSync } from 'node:fs';
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { codecOf, elementCodecs, type SafetensorsType } from './element-codec.ts';

export type { SafetensorsType };

export interface SafeTensor {
  dtype: SafetensorsType;
  shape: readonly number[];
  /** Row-major values. Of a read tensor: decoded on first use, so unread tensors cost nothing. */
  readonly data: Float64Array;
}

export interface SafetensorsFile {
  tensors: Map<string, SafeTensor>;
  metadata: Record<string, string>;
}

interface Entry {
  name: string;
  dtype: SafetensorsType;
  shape: number[];
  begin: number;
  end: number;
}

/** Reads all tensors by name, in the order of the header. Refuses damaged files (ESC250 to ESC253). */
export function readSafetensors(bytes: Uint8Array, fileName: string): Map<string, SafeTensor> {
  return parseSafetensors(bytes, fileName).tensors;
}

/** As `readSafetensors`, with the metadata. */
export function parseSafetensors(bytes: Uint8Array, fileName: string): SafetensorsFile {
  const damaged = (why: string) => pipelineRefusals.damagedSafetensors(fileName, why);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw damaged(`it has ${bytes.length} bytes, and its header length alone needs 8`);
  const headerLength = view.getBigUint64(0, true);
  if (headerLength > BigInt(bytes.length - 8))
    throw damaged(`its header of ${headerLength} bytes ends beyond the file of ${bytes.length} bytes`);
  const dataStart = 8 + Number(headerLength);
  const { entries, metadata } = parseHeader(bytes.subarray(8, dataStart), fileName);
  checkLayout(entries, bytes.length - dataStart, fileName);

  const tensors = new Map<string, SafeTensor>();
  for (const entry of entries) tensors.set(entry.name, lazyTensor(entry, view, dataStart, fileName));
  return { tensors, metadata };
}

/** Reads a file of windows and labels; refuses one that is not there (ESC250). */
export function readSafetensorsFile(path: string): Map<string, SafeTensor> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    throw pipelineRefusals.damagedSafetensors(path, 'it cannot be opened');
  }
  return readSafetensors(bytes, path);
}

/** The named tensor; refuses an unknown name (ESC254). */
export function requireTensor(
  tensors: ReadonlyMap<string, SafeTensor>,
  name: string,
  fileName: string,
): SafeTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw pipelineRefusals.missingTensor(fileName, name, [...tensors.keys()]);
  return tensor;
}

/**
 * Writes tensors so that equal content gives equal bytes: wide element types first (all data stays aligned), then by
 * name; metadata by key. Throws a RangeError on a value that its type cannot hold.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, SafeTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const ordered = [...tensors].sort(
    ([nameA, a], [nameB, b]) =>
      elementCodecs[b.dtype].bytes - elementCodecs[a.dtype].bytes || (nameA < nameB ? -1 : 1),
  );
  const header: [string, unknown][] = [];
  const keys = Object.keys(metadata).sort();
  if (keys.length > 0) header.push(['__metadata__', Object.fromEntries(keys.map((k) => [k, metadata[k]]))]);
  let end = 0;
  for (const [name, { dtype, shape, data }] of ordered) {
    if (name === '__metadata__') throw new RangeError('no tensor may have the name __metadata__');
    const count = shape.reduce((a, b) => a * b, 1);
    if (count !== data.length)
      throw new RangeError(`${name}: shape [${shape.join(', ')}] with ${data.length} values`);
    const begin = end;
    end += count * elementCodecs[dtype].bytes;
    header.push([name, { dtype, shape: [...shape], data_offsets: [begin, end] }]);
  }
  const json = new TextEncoder().encode(
    `{${header.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join()}}`,
  );
  const dataStart = 8 + Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(dataStart + end).fill(0x20, 8, dataStart);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(dataStart - 8), true);
  bytes.set(json, 8);
  let at = dataStart;
  for (const [, { dtype, data }] of ordered) {
    const codec = elementCodecs[dtype];
    for (const value of data) {
      codec.write(view, at, value);
      at += codec.bytes;
    }
  }
  return bytes;
}

function parseHeader(
  headerBytes: Uint8Array,
  fileName: string,
): { entries: Entry[]; metadata: Record<string, string> } {
  const damaged = (why: string) => pipelineRefusals.damagedSafetensors(fileName, why);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(headerBytes));
  } catch {
    throw damaged('its header is not JSON');
  }
  if (!isRecord(header)) throw damaged('its header is not a JSON object');
  const entries: Entry[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(header)) {
    if (!isRecord(value)) throw damaged(`the header entry "${name}" is not an object`);
    if (name === '__metadata__') {
      if (!Object.values(value).every((text) => typeof text === 'string'))
        throw damaged('its metadata holds something other than text');
      metadata = value as Record<string, string>;
    } else entries.push(parseEntry(name, value, fileName));
  }
  return { entries, metadata };
}

function parseEntry(name: string, value: Record<string, unknown>, fileName: string): Entry {
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2)
    throw pipelineRefusals.damagedSafetensors(
      fileName,
      `the header entry "${name}" lacks a proper dtype, shape or data_offsets`,
    );
  if (!codecOf(dtype))
    throw pipelineRefusals.tensorElementType(fileName, name, dtype, Object.keys(elementCodecs).join(', '));
  return { name, dtype: dtype as SafetensorsType, shape, begin: offsets[0], end: offsets[1] };
}

/** Every tensor lies within the data, is as long as its shape says, and together they cover it exactly. */
function checkLayout(entries: readonly Entry[], dataBytes: number, fileName: string): void {
  let covered = 0;
  for (const { name, dtype, shape, begin, end } of [...entries].sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    const wrong = (why: string) => pipelineRefusals.tensorOffsets(fileName, name, why);
    if (begin > end) throw wrong(`ends at byte ${end}, before it begins at ${begin}`);
    if (end > dataBytes) throw wrong(`ends at byte ${end}, but the file has ${dataBytes} bytes of data`);
    const needed = shape.reduce((a, b) => a * b, 1) * elementCodecs[dtype].bytes;
    if (end - begin !== needed)
      throw wrong(
        `has ${end - begin} bytes where its shape [${shape.join(', ')}] of ${dtype} needs ${needed}`,
      );
    if (begin < covered) throw wrong(`begins at byte ${begin}, inside the tensor before it`);
    if (begin > covered)
      throw wrong(`begins at byte ${begin}, and bytes ${covered} to ${begin} belong to none`);
    covered = end;
  }
  if (covered !== dataBytes)
    throw pipelineRefusals.damagedSafetensors(
      fileName,
      `it has ${dataBytes - covered} bytes behind its last tensor`,
    );
}

function lazyTensor(entry: Entry, view: DataView, dataStart: number, fileName: string): SafeTensor {
  let decoded: Float64Array | undefined;
  return {
    dtype: entry.dtype,
    shape: entry.shape,
    get data() {
      return (decoded ??= decode(entry, view, dataStart, fileName));
    },
  };
}

function decode(entry: Entry, view: DataView, dataStart: number, fileName: string): Float64Array {
  const codec = elementCodecs[entry.dtype];
  const values = new Float64Array((entry.end - entry.begin) / codec.bytes);
  for (let i = 0; i < values.length; i++) {
    const value = codec.read(view, dataStart + entry.begin + i * codec.bytes);
    if (typeof value === 'bigint')
      throw pipelineRefusals.tensorInteger(fileName, entry.name, i, String(value));
    values[i] = value;
  }
  return values;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
