/** Small pieces of generated AssemblyScript. */
import { ACTIVATION, activationBytes, type ActivationType } from '../emit/activation-type.ts';
import type { View } from '../graph/network.ts';
import type { IntegerMemory } from '../emit/program.ts';

/** Address of element `element` of a block of int16, or of elements of `bytes`: "$motion", "$motion + 128". */
export function address(block: string, element = 0, bytes = 2): string {
  return element === 0 ? `$${block}` : `$${block} + ${bytes * element}`;
}

/** Bytes of an element of a buffer that drops so many bits, or none. */
export const elementBytes = (dropped: number | undefined): number => activationBytes[elementType(dropped)];

/** A call over several lines, one group of arguments each; `notes`: what a group is. */
export function call(
  name: string,
  groups: readonly (readonly (string | number)[])[],
  notes: readonly string[] = [],
): string[] {
  const lines = groups.map((group) => `  ${group.join(', ')},`);
  const width = Math.max(...lines.map((line) => line.length));
  const noted = lines.map((line, k) => (notes[k] ? `${line.padEnd(width)} // ${notes[k]}` : line));
  return [`${name}(`, ...noted, ');'];
}

export const elements = (view: View): number => view.steps * view.features;

/** The view's part of an int16 block. */
export const window16 = (memory: IntegerMemory, block: string, view: View): Int16Array =>
  memory.i16(block).subarray(view.offset, view.offset + elements(view));

/** The view's part of a buffer that drops so many bits, or none, as it is stored. */
export const storedWindow = (
  memory: IntegerMemory,
  block: string,
  view: View,
  dropped: number | undefined,
): Int16Array | Int8Array =>
  dropped === undefined
    ? window16(memory, block, view)
    : memory.i8(block).subarray(view.offset, view.offset + elements(view));

/** Type of the elements of a buffer that drops so many bits, or none. */
export const elementType = (dropped: number | undefined): ActivationType =>
  dropped === undefined ? ACTIVATION : 'i8';

/** "100 x 64" */
export const shapeText = (view: View): string => `${view.steps} x ${view.features}`;
