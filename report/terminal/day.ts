/** A day on the wrist, for a terminal: what `escapement day` prints. */
import type { ComponentDay, DayResult } from '../../sim/timeline/day.ts';
import { curve } from '../text/curve.ts';
import { fixed, significant, withBand } from '../text/number.ts';
import { printableDeep } from '../text/printable.ts';
import { count, duration, hertz, percent, powerBand, share } from '../text/quantity.ts';
import { table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { createStyle, type Style, type TerminalOptions } from './style.ts';

const right = (header: string) => ({ header, align: 'right' as const });
const left = (header: string) => ({ header });

export function terminalDay(result: DayResult, options: TerminalOptions): string {
  const style = createStyle(options);
  const shown = printableDeep(result);
  const blocks = [
    summary(shown, style),
    components(shown, style),
    rails(shown, style),
    shown.notes.flatMap((note) => wrap(note, style.width, { first: '- ' })),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
}

function summary(result: DayResult, style: Style): string[] {
  const { workload, counts, battery, latencyMs } = result;
  const row = (name: string, text: string): string[] =>
    wrap(text, style.width, { first: name.padEnd(12), rest: ' '.repeat(12) });
  const latency = latencyMs
    ? `${duration(latencyMs.mean)} on average from the last sample to the decision, ${duration(latencyMs.max)} at most`
    : 'no decision was made';
  return [
    `${style.bold(result.kernel)} on ${style.bold(result.board)} with ${style.bold(result.runtime)} at ${hertz(result.rateHz)}`,
    ...wrap(`${significant(result.hours)} h of ${workload.title} (${workload.source})`, style.width).map(
      style.dim,
    ),
    '',
    ...row('power', `${powerBand(result.averageMw)} on average; ${withBand(result.energyMwh, 'mWh')} in all`),
    ...row('sensors', `${significant(result.sensorMw)} mW on average`),
    ...row('decisions', decisions(counts)),
    ...row('wake-ups', `${count(counts.reads)} to read sensors; ${count(counts.messages)} messages sent`),
    ...row('latency', latency),
    ...row('battery', batteryText(battery, result.hours)),
    ...row('charge', `${curve(battery.curve.map(({ soc }) => soc))} each hour`),
  ];
}

function decisions({ decisions: made, enrolments, skipped }: DayResult['counts']): string {
  const parts = [`${count(made)} made`];
  if (enrolments > 0) parts.push(`${count(enrolments)} windows enrolled`);
  if (skipped > 0) parts.push(`${count(skipped)} windows skipped: the CPU was still at the one before`);
  return parts.join(', ');
}

function batteryText(battery: DayResult['battery'], simulated: number): string {
  const { soonest, central, latest } = battery.emptyAtHours;
  const { value, low, high } = battery.socAtEnd;
  const hours = (at: number | null): string =>
    at === null ? `more than ${significant(simulated)}` : fixed(at, 1);
  if (central !== null) return `empty after ${fixed(central, 1)} h [${hours(soonest)}..${hours(latest)}]`;
  const left = `${percent(value, 0)} left at the end [${percent(low, 0)}..${percent(high, 0)}]`;
  return soonest === null ? left : `${left}; at worst empty after ${fixed(soonest, 1)} h`;
}

function components({ components: all, rails: regulators }: DayResult, style: Style): string[] {
  const losses = regulators.reduce((sum, { lossMwh }) => sum + lossMwh, 0);
  const total = all.reduce((sum, { mwh }) => sum + mwh, losses);
  const row = (name: string, rail: string, mwh: number, what: string): string[] => [
    name,
    rail,
    significant(mwh),
    share(mwh, total),
    what,
  ];
  return table(
    [left('component'), left('rail'), right('mWh'), right('share'), left('time in states and counts')],
    [
      ...all.map((part) =>
        row(`${part.name}${part.sensor ? ' *' : ''}`, part.rail ?? 'battery', part.mwh, states(part)),
      ),
      row('regulators', '', losses, 'lost between battery and rails'),
    ],
    { paintHeader: style.dim },
  );
}

const states = ({ secondsByState, countByPulse }: ComponentDay): string =>
  [
    ...Object.entries(secondsByState)
      .filter(([, seconds]) => seconds > 0)
      .map(([state, seconds]) => `${state} ${time(seconds)}`),
    ...Object.entries(countByPulse)
      .filter(([, times]) => times > 0)
      .map(([pulse, times]) => `${count(times)} x ${pulse}`),
  ].join(', ');

const time = (seconds: number): string =>
  seconds >= 3600
    ? `${significant(seconds / 3600)} h`
    : seconds >= 60
      ? `${significant(seconds / 60)} min`
      : `${significant(seconds)} s`;

const rails = ({ rails: all }: DayResult, style: Style): string[] =>
  table(
    [left('rail'), right('load mWh'), right('lost mWh')],
    all.map(({ name, loadMwh, lossMwh }) => [name, significant(loadMwh), significant(lossMwh)]),
    { paintHeader: style.dim },
  );
