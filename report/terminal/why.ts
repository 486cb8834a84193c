/** What the bands of a simulation owe most to, for a terminal: `escapement simulate --why`. */
import type { Estimate } from '../../common/estimate.ts';
import type { Cause, Why } from '../../sim/budget/why.ts';
import type { SimulationResult } from '../../sim/result.ts';
import { durationBand, hoursBand, percent, powerBand } from '../text/quantity.ts';
import { table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { createStyle, type Style, type TerminalOptions } from './style.ts';

/** Causes shown of each figure; JSON has all. */
const shown = 6;

export function terminalWhy(result: SimulationResult, why: Why, options: TerminalOptions): string {
  const style = createStyle(options);
  const lines = [
    ...wrap(
      'What the bands owe most to: each input is taken as exact alone, and the share is how much of the band goes then.',
      style.width,
    ),
    ...block('latency', durationBand, result.latencyMs, why.latencyMs, style),
    ...block('average power', powerBand, result.power.averageMw, why.averageMw, style),
    ...block('battery life', hoursBand, result.battery.hours, why.batteryHours, style),
    ...first(why, style),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function block(
  title: string,
  text: (figure: Estimate) => string,
  figure: Estimate,
  causes: readonly Cause[],
  style: Style,
): string[] {
  const head = ['', style.bold(`${title} ${text(figure)}`)];
  if (causes.length === 0) return [...head, 'No input of this figure has a range.'];
  const rows = causes
    .slice(0, shown)
    .map(({ share, input, known, kind, narrowsTo }) => [
      percent(share, 0),
      input,
      known,
      kind,
      text(narrowsTo),
    ]);
  const columns = [
    { header: 'share', align: 'right' as const },
    ...['input', 'known as', 'kind', 'the figure, were it exact'].map((header) => ({ header })),
  ];
  const more = causes.length - rows.length;
  return [
    ...head,
    ...table(columns, rows, { paintHeader: style.dim }),
    ...(more > 0
      ? [style.dim(`and ${more} more of less than ${percent(causes[shown - 1]!.share, 0)} each`)]
      : []),
  ];
}

/** The one step that narrows most, over all figures. */
function first({ latencyMs, averageMw, batteryHours }: Why, style: Style): string[] {
  const steps = [latencyMs[0], averageMw[0], batteryHours[0]].filter((cause) => cause !== undefined);
  const inputs = [...new Map(steps.map((cause) => [cause.input, cause.measure]))];
  return inputs.length === 0
    ? []
    : [
        '',
        style.bold('measure first'),
        ...inputs.flatMap(([input, way]) => wrap(`${input}: ${way}.`, style.width, { first: '→ ' })),
      ];
}
