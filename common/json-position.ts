/**
 * Finds where a value stands in the text of a JSON file (comments allowed), so that a finding about a field can name
 * line and column. The text must be valid: parse it first.
 */
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

export interface JsonPosition {
  /** From 1. */
  line: number;
  column: number;
  /** Offsets of the value: its first character and the one behind its last. */
  start: number;
  end: number;
}

export type JsonPath = readonly (string | number)[];

/** Position of the value at a path, or of its nearest ancestor that exists: a missing field is shown at its parent. */
export function jsonPosition(text: string, path: JsonPath): JsonPosition {
  const root = parseTree(text);
  const { offset, length } = (root && nearest(root, path)) ?? { offset: 0, length: text.length };
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1, start: offset, end: offset + length };
}

function nearest(root: Node, path: JsonPath): Node {
  for (let depth = path.length; depth > 0; depth--) {
    const node = findNodeAtLocation(root, path.slice(0, depth));
    if (node) return node;
  }
  return root;
}

/** "sensors.ppg.settings" or "a.b[2].c" as path segments. */
export const parseFieldPath = (field: string): (string | number)[] =>
  field
    .split(/[.[\]]+/)
    .filter((segment) => segment !== '' && segment !== '(top)')
    .map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));
