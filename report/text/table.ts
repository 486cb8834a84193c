/** Plain tables for a terminal: no borders, two spaces between columns, cells of several lines and of several columns. */
import { displayWidth, pad, type Align } from './width.ts';

export interface Column {
  /** Header; "\n" starts a new line. */
  header: string;
  align?: Align;
}

/** A cell; "\n" starts a new line. `span` covers this and the following columns. */
export type Cell = string | { text: string; span: number };

export interface TableOptions {
  gap?: number;
  indent?: number;
  /** Applied to header lines after padding, e.g. a colour. */
  paintHeader?: (line: string) => string;
}

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);
const spanOf = (cell: Cell): number => (typeof cell === 'string' ? 1 : cell.span);
const widthOf = (cell: Cell): number => Math.max(...textOf(cell).split('\n').map(displayWidth));

function columnWidths(columns: readonly Column[], rows: readonly (readonly Cell[])[], gap: number): number[] {
  const widths = columns.map((column) => widthOf(column.header));
  const spanning: { from: number; span: number; width: number }[] = [];
  for (const row of rows) {
    let at = 0;
    for (const cell of row) {
      const span = spanOf(cell);
      if (span === 1) widths[at] = Math.max(widths[at] ?? 0, widthOf(cell));
      else spanning.push({ from: at, span, width: widthOf(cell) });
      at += span;
    }
  }
  // A spanning cell that needs more than its columns have widens the last of them.
  for (const { from, span, width } of spanning) {
    const missing = width - spannedWidth(widths, from, span, gap);
    if (missing > 0) widths[from + span - 1]! += missing;
  }
  return widths;
}

const spannedWidth = (widths: readonly number[], from: number, span: number, gap: number): number =>
  widths.slice(from, from + span).reduce((a, b) => a + b, 0) + gap * (span - 1);

function renderRow(
  cells: readonly Cell[],
  columns: readonly Column[],
  widths: readonly number[],
  gap: number,
  bottom: boolean,
): string[] {
  const height = Math.max(...cells.map((cell) => textOf(cell).split('\n').length));
  const lines: string[] = [];
  for (let line = 0; line < height; line += 1) {
    let at = 0;
    const parts = cells.map((cell) => {
      const texts = textOf(cell).split('\n');
      const span = spanOf(cell);
      const offset = bottom ? height - texts.length : 0;
      const align = span > 1 ? 'left' : (columns[at]?.align ?? 'left');
      const padded = pad(texts[line - offset] ?? '', spannedWidth(widths, at, span, gap), align);
      at += span;
      return padded;
    });
    lines.push(parts.join(' '.repeat(gap)).trimEnd());
  }
  return lines;
}

/** Lines of a table. Headers stand at the bottom of their row, over a line of dashes. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options: TableOptions = {},
): string[] {
  const gap = options.gap ?? 2;
  const indent = ' '.repeat(options.indent ?? 0);
  const paint = options.paintHeader ?? ((line: string) => line);
  const widths = columnWidths(columns, rows, gap);
  const header = renderRow(
    columns.map((column) => column.header),
    columns,
    widths,
    gap,
    true,
  );
  const rule = widths.map((width) => '─'.repeat(width)).join(' '.repeat(gap));
  return [
    ...[...header, rule].map((line) => indent + paint(line)),
    ...rows.flatMap((row) => renderRow(row, columns, widths, gap, false)).map((line) => indent + line),
  ];
}
