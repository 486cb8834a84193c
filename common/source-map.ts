/** Decodes the mappings of a source map (revision 3, ECMA-426) for WebAssembly: one generated line, columns are byte offsets. */

export interface SourcePosition {
  file: string;
  /** From 1. */
  line: number;
}

export interface SourceMap {
  version: number;
  sources: string[];
  mappings: string;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Position by byte offset: what the last mapping at or before the offset says. */
export function sourceLookup({ sources, mappings }: SourceMap): (offset: number) => SourcePosition | null {
  const offsets: number[] = [];
  const positions: SourcePosition[] = [];
  let [offset, source, line] = [0, 0, 0];
  for (const segment of mappings.split(';')[0]!.split(',')) {
    if (!segment) continue;
    const [column = 0, inSource, inLine] = variableLengths(segment);
    offset += column;
    if (inSource === undefined || inLine === undefined) continue;
    source += inSource;
    line += inLine;
    offsets.push(offset);
    positions.push({ file: sources[source]!, line: line + 1 });
  }
  return (at) => {
    let [low, high] = [0, offsets.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (offsets[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return positions[low - 1] ?? null;
  };
}

/** Base-64 VLQ: five bits a digit, the lowest group first; bit 5 continues, the lowest bit of a number is its sign. */
function variableLengths(text: string): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const c of text) {
    const digit = digits.indexOf(c);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}
