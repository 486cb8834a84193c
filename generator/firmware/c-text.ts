/** Text of C files: banners, macros, initialisers. */

export const SPDX = '/* SPDX-License-Identifier: Apache-2.0 */';

export interface Macro {
  name: string;
  value: string | number;
  note?: string;
}

export function macros(rows: readonly Macro[]): string {
  const width = Math.max(...rows.map((r) => r.name.length));
  return rows
    .map(
      ({ name, value, note }) =>
        `#define ${name.padEnd(width)} ${value}${note ? ` /* ${comment(note)} */` : ''}`,
    )
    .join('\n');
}

export function guarded(guard: string, body: string): string {
  return `${SPDX}\n#ifndef ${guard}\n#define ${guard}\n\n${body.trim()}\n\n#endif\n`;
}

/** Text that cannot end a comment. */
export const comment = (text: string): string => text.replaceAll('*/', '* /').replace(/\s+/g, ' ');

export const quoted = (text: string): string => JSON.stringify(text);

/** { a, b, ... } with lines of at most 100 characters. */
export function initialiser(values: Iterable<number | bigint>, suffix = ''): string {
  const lines: string[] = [];
  let line = '   ';
  for (const value of values) {
    const item = ` ${literal(value)}${suffix},`;
    if (line.length + item.length > 100) {
      lines.push(line);
      line = '   ';
    }
    line += item;
  }
  return `{\n${[...lines, line].join('\n')}\n}`;
}

/** The most negative integers have no literal of their own in C. */
function literal(value: number | bigint): string {
  if (value === -2147483648 || value === -2147483648n) return '(-2147483647 - 1)';
  if (value === -9223372036854775808n) return '(-9223372036854775807LL - 1)';
  return String(value);
}

export const bytesText = (bytes: Uint8Array): string =>
  initialiser(bytes).replace(/(\d+),/g, (_, n: string) => `0x${Number(n).toString(16).padStart(2, '0')},`);

/** A name from a pipeline as a C identifier in lower case. */
export function cIdentifier(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(plain) ? plain : `x${plain}`;
}
