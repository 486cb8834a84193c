/** One simulation in full, for a terminal: what `escapement simulate` prints. */
import type { SimulationResult } from '../../sim/result.ts';
import { printableDeep } from '../text/printable.ts';
import { bytes, count, countBand, share } from '../text/quantity.ts';
import { withBand } from '../text/number.ts';
import { table, type Column } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { budgetWord } from '../view/budget.ts';
import { actualText, limitText } from '../view/closing/figures.ts';
import { sourceList, type SourceList } from '../view/sources.ts';
import { simulationSummary } from './simulation-summary.ts';
import { createStyle, type Style, type TerminalOptions } from './style.ts';

const right = (header: string): Column => ({ header, align: 'right' });
const left = (header: string): Column => ({ header });

function stages(result: SimulationResult, style: Style): string[] {
  const total = result.stages.reduce((a, stage) => a + stage.cycles.value, 0);
  const parallel = result.stages.some((stage) => stage.parallel);
  const where =
    result.coresUsed > 1
      ? 'runs beside the other branch, each on its own core'
      : 'could run beside the other branch on a second core; here they run one after the other';
  return [
    ...table(
      [left('stage'), right('cycles'), right('share'), right('wasm ops'), right('MACs')],
      result.stages.map((stage) => [
        `${stage.title || stage.name}${stage.parallel ? ' ∥' : ''}`,
        countBand(stage.cycles),
        share(stage.cycles.value, total),
        count(stage.wasmOps),
        count(stage.macs),
      ]),
      { paintHeader: style.dim },
    ),
    ...(parallel ? wrap(`∥ ${where}`, style.width).map(style.dim) : []),
  ];
}

const path = (result: SimulationResult, sources: SourceList, style: Style): string[] =>
  table(
    [left('from the last sample'), right('ms'), right('share'), left('kind'), right('source')],
    result.latencyParts.map((part) => [
      part.name,
      withBand({ value: part.ms, low: part.low, high: part.high }),
      share(part.ms, result.latencyMs.value),
      part.kind,
      `[${sources.number(part.source)}]`,
    ]),
    { paintHeader: style.dim },
  );

function parts(result: SimulationResult, sources: SourceList, style: Style): string[] {
  return [
    ...table(
      [left('power'), right('mW'), right('share'), left('kind'), right('source')],
      result.power.parts.map((part) => [
        part.sensor ? `${part.name} *` : part.name,
        withBand({ value: part.mw, low: part.low, high: part.high }),
        share(part.mw, result.power.averageMw.value),
        part.kind,
        `[${sources.number(part.source)}]`,
      ]),
      { paintHeader: style.dim },
    ),
    ...(result.power.parts.some((part) => part.sensor) ? [style.dim('* counts as sensor power')] : []),
  ];
}

const memory = (result: SimulationResult, sources: SourceList, style: Style): string[] => [
  ...table(
    [left('memory'), right('flash'), right('RAM'), left('kind'), right('source')],
    result.memory.items.map((item) => [
      item.name,
      bytes(item.flashBytes),
      bytes(item.ramBytes),
      item.kind,
      `[${sources.number(item.source)}]`,
    ]),
    { paintHeader: style.dim },
  ),
  ...constants(result, style),
  ...result.memory.advice.flatMap((advice) => wrap(advice, style.width, { first: '→ ' })),
];

/** RAM with the constants copied, and with them in flash. */
function constants({ memory }: SimulationResult, style: Style): string[] {
  if (!memory.constants) return [];
  const { ramBytesCopied, ramBytesInFlash, way } = memory.constants;
  const both =
    ramBytesInFlash === null
      ? `RAM ${bytes(ramBytesCopied)} with constants copied: ${way}`
      : `RAM ${bytes(ramBytesCopied)} with constants copied, ${bytes(ramBytesInFlash)} with constants in flash: ${way}`;
  return wrap(both, style.width).map(style.dim);
}

const checks = (result: SimulationResult, style: Style): string[] => [
  ...table(
    [left('check'), right('actual'), right('limit'), left('verdict')],
    result.checks.map((check) => [
      check.title || budgetWord(check.budget),
      actualText(check),
      limitText(check),
      `${style.mark(check.verdict)} ${style.tint(check.verdict, check.verdict)}`,
    ]),
    { paintHeader: style.dim },
  ),
  ...result.checks
    .filter((check) => check.verdict !== 'pass' && check.reason)
    .flatMap((check) => wrap(check.reason, style.width, { first: `${style.mark(check.verdict)} ` })),
];

const numbered = (sources: SourceList, style: Style): string[] =>
  sources
    .texts()
    .flatMap((text, index) => wrap(text, style.width, { first: `[${index + 1}] ` }))
    .map(style.dim);

const notes = (result: SimulationResult, style: Style): string[] =>
  result.notes.flatMap((note) => wrap(note, style.width, { first: '- ' }));

/** Text of one simulation, with a line feed at its end. */
export function terminalSimulation(result: SimulationResult, options: TerminalOptions): string {
  const style = createStyle(options);
  const shown = printableDeep(result);
  const sources = sourceList();
  const blocks = [
    simulationSummary(shown, style),
    path(shown, sources, style),
    stages(shown, style),
    parts(shown, sources, style),
    memory(shown, sources, style),
    checks(shown, style),
    numbered(sources, style),
    notes(shown, style),
    [`${style.bold('verdict:')} ${style.mark(shown.verdict)} ${style.tint(shown.verdict, shown.verdict)}`],
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}
