/** Small pieces of generated AssemblyScript. */
import type { View } from '../graph/network.ts';
import type { IntegerMemory } from '../emit/program.ts';

/** Address of element `element` of an int16 block: "$motion", "$motion + 128". */
export function address(block: string, element = 0): string {
  return element === 0 ? `$${block}` : `$${block} + ${2 * element}`;
}

/** A call over several lines, one group of arguments each. */
export function call(name: string, groups: readonly (readonly (string | number)[])[]): string[] {
  return [`${name}(`, ...groups.map((group) => `  ${group.join(', ')},`), ');'];
}

export const elements = (view: View): number => view.steps * view.features;

/** The view's part of an int16 block. */
export const window16 = (memory: IntegerMemory, block: string, view: View): Int16Array =>
  memory.i16(block).subarray(view.offset, view.offset + elements(view));

/** "100 x 64" */
export const shapeText = (view: View): string => `${view.steps} x ${view.features}`;
