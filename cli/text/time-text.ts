/** What `escapement time` says of a call: its cost and worst case, then layers, functions, loops and source lines, the costliest first. */
import type { SourcePosition } from '../../common/source-map.ts';
import { printable } from '../../report/text/printable.ts';
import { count, countBand, durationBand, share } from '../../report/text/quantity.ts';
import { table, type Column } from '../../report/text/table.ts';
import { unboundedPlace } from '../../sim/worst-case/worst-latency.ts';
import type { WorstCase } from '../../sim/worst-case/worst-case.ts';
import type { TimeResult } from '../results/time.ts';

/** Longest tables that a person reads. */
const rows = 12;

/** @param source Lines of the kernel's source, where it is ours. */
export function timeText(t: TimeResult, core: string, source?: readonly string[]): string {
  const lines = [
    `${countBand(t.cycles)} cycles, ${durationBand(t.latencyMs)} on ${t.board} (${core}) under ${t.runtime}; ${operators(t.wasmOps)}; result ${t.result ?? 'none'}`,
    worstCaseText(t.worstCase),
    ...layers(t),
    ...functions(t),
    ...loops(t),
    ...sourceLines(t, source),
    '',
    'Cycles are those of code that runs without wait states; the latency includes those of flash, and the range of the clock.',
    ...(t.dataStallCycles
      ? [
          `The latency includes ${countBand(t.dataStallCycles)} cycles of waiting for data, from cold caches, in the first call.`,
        ]
      : []),
    ...t.notes,
  ];
  // Names come from the module.
  return `${lines.map(printable).join('\n')}\n`;
}

const operators = (n: number): string => `${count(n)} wasm operator${n === 1 ? '' : 's'}`;

function worstCaseText(worst: WorstCase): string {
  if (worst.kind === 'constant')
    return 'constant: no branch rests on data, so the call always executes the same';
  if (worst.kind === 'bounded')
    return `whatever the data: at most ${countBand(worst.cycles)} cycles, ${operators(worst.wasmOps)}`;
  const place = unboundedPlace(worst);
  if (worst.loop < 0) return `no worst case: ${place}`;
  return `no worst case: ${place}; if you know how often it turns at most, say --loop-bound ${worst.function}:${worst.loop}=<turns>`;
}

const right = (header: string): Column => ({ header, align: 'right' });

/** Behind an empty line; nothing where there are no rows. */
function part(columns: readonly Column[], cells: readonly (readonly string[])[]): string[] {
  if (cells.length === 0) return [];
  return [
    '',
    ...table(
      columns,
      cells.map((row) => row.map(printable)),
    ),
  ];
}

const layers = (t: TimeResult): string[] =>
  part(
    [{ header: 'layer' }, right('cycles'), right('share'), right('wasm ops')],
    (t.layers ?? []).map((l) => [
      l.title,
      count(l.cycles.value),
      share(l.cycles.value, t.cycles.value),
      count(l.wasmOps),
    ]),
  );

const functions = (t: TimeResult): string[] =>
  part(
    [{ header: 'function' }, right('calls'), right('cycles'), right('share'), right('wasm ops')],
    t.functions.map((f) => [
      f.name,
      count(f.calls),
      count(f.cycles.value),
      share(f.cycles.value, t.cycles.value),
      count(f.wasmOps),
    ]),
  );

const placeOf = (p?: SourcePosition): string => (p ? `${p.file}:${p.line}` : '');

function loops(t: TimeResult): string[] {
  const columns = [
    { header: 'loop in' },
    right('at byte'),
    right('depth'),
    right('iterations'),
    right('own wasm ops'),
    right('share'),
    ...(t.lines ? [{ header: 'hottest line' }] : []),
  ];
  const cells = t.loops
    .slice(0, rows)
    .map((l) => [
      l.function,
      String(l.offset),
      String(l.depth),
      count(l.iterations),
      count(l.wasmOps),
      share(l.cycles, t.cycles.value),
      ...(t.lines ? [placeOf(l.source)] : []),
    ]);
  const more = t.loops.length - rows;
  return [...part(columns, cells), ...(more > 0 ? [`and ${more} more loops (--json has all)`] : [])];
}

function sourceLines(t: TimeResult, source?: readonly string[]): string[] {
  const textOf = ({ file, line }: SourcePosition) =>
    file === 'kernel.ts' ? (source?.[line - 1]?.trim().slice(0, 60) ?? '') : '';
  return part(
    [{ header: 'line' }, right('cycles'), right('share'), { header: 'source' }],
    (t.lines ?? [])
      .slice(0, rows)
      .map((l) => [placeOf(l), count(l.cycles), share(l.cycles, t.cycles.value), textOf(l)]),
  );
}
