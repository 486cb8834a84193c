/** How docs/validation.md writes errors and tables. */
export const percent = (v: number): string => `${(100 * v).toFixed(1)} %`;

/** Sizes of errors, smallest first. */
export const sorted = (errors: readonly number[]): number[] => errors.map(Math.abs).sort((a, b) => a - b);

/** Of what `sorted` gives. */
export const median = (sizes: readonly number[]): number => sizes[Math.floor(sizes.length / 2)]!;

/** How many errors are above the target of the worst. */
export const beyond = (errors: readonly number[]): number => errors.filter((e) => Math.abs(e) > 0.25).length;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(header), row(header.map(() => '---')), ...rows.map(row)].join('\n');
