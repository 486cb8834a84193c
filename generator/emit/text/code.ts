/** Small pieces of AssemblyScript that the profiles write. */

export const indent = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === '' ? '' : `  ${line}`));

/** "load<i16>(x, 4)" */
export const loadText = (type: string, pointer: string, offset: number): string =>
  offset === 0 ? `load<${type}>(${pointer})` : `load<${type}>(${pointer}, ${offset})`;
