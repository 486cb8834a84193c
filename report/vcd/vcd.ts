/**
 * A simulated stretch of time as a value change dump for waveform viewers (GTKWave, Surfer). IEEE 1364-2005, clause 18:
 * four-state and real variables, one scope, times in nanoseconds. No date: equal runs give equal bytes.
 */
import type { Waveform } from '../../sim/timeline/waveform.ts';
import type { Span } from '../../sim/timeline/setup.ts';
import { rounded } from '../json/round.ts';

interface Signal {
  id: string;
  type: 'wire' | 'real' | 'integer';
  name: string;
  width: number;
  changes: { atNs: number; value: string }[];
}

/** Tracks of spans as one-bit signals: high while a span lasts. */
const tracks: readonly { name: string; of: readonly Span['track'][] }[] = [
  { name: 'sensor_on', of: ['sensor'] },
  { name: 'cpu_read', of: ['read'] },
  { name: 'cpu_inference', of: ['inference'] },
  { name: 'cpu_enrolment', of: ['enrolment'] },
  { name: 'deciding', of: ['decision'] },
  { name: 'radio_on', of: ['radio'] },
];

/** `scope`: name of the module in the viewer, e.g. "pulse/25hz on we-be-class". */
export function vcd(waveform: Waveform, scope: string, tool: string): string {
  const signals = [...wires(waveform), decisions(waveform), ...powers(waveform)].map(
    (signal, index): Signal => ({ ...signal, id: identifier(index) }),
  );
  const header = [
    `$version ${tool} $end`,
    '$comment Simulated, cycle-approximate: central values. Power in mW at the battery. $end',
    '$timescale 1 ns $end',
    `$scope module ${word(scope)} $end`,
    ...signals.map(({ type, width, id, name }) => `$var ${type} ${width} ${id} ${name} $end`),
    '$upscope $end',
    '$enddefinitions $end',
  ];
  const changes = signals.flatMap((signal, order) =>
    signal.changes.map(({ atNs, value }) => ({ atNs, order, line: change(signal, value) })),
  );
  changes.sort((a, b) => a.atNs - b.atNs || a.order - b.order);
  const body: string[] = ['#0', '$dumpvars'];
  let now = 0;
  let dumping = true;
  for (const { atNs, line } of changes) {
    if (atNs !== now) {
      if (dumping) body.push('$end');
      dumping = false;
      body.push(`#${atNs}`);
      now = atNs;
    }
    body.push(line);
  }
  if (dumping) body.push('$end');
  if (waveform.durationNs > now) body.push(`#${waveform.durationNs}`);
  return `${[...header, ...body].join('\n')}\n`;
}

const change = ({ type, id }: Signal, value: string): string =>
  type === 'real' ? `r${value} ${id}` : type === 'integer' ? `b${value} ${id}` : `${value}${id}`;

type Unnamed = Omit<Signal, 'id'>;

function wires({ spans, durationNs }: Waveform): Unnamed[] {
  return tracks.map(({ name, of }) => {
    const edges = spans
      .filter(({ track, startNs, endNs }) => of.includes(track) && endNs > startNs)
      .flatMap(({ startNs, endNs }) => [
        { atNs: startNs, step: 1 },
        { atNs: endNs, step: -1 },
      ])
      .sort((a, b) => a.atNs - b.atNs || b.step - a.step);
    const values = new Map<number, string>([[0, '0']]);
    let open = 0;
    for (const { atNs, step } of edges) {
      open += step;
      if (atNs <= durationNs) values.set(atNs, open > 0 ? '1' : '0');
    }
    return { type: 'wire', width: 1, name, changes: changesOf(values) };
  });
}

/** Counts decisions: each is an edge that a viewer can jump to. */
function decisions({ spans, durationNs }: Waveform): Unnamed {
  const values = new Map<number, string>([[0, '0']]);
  let count = 0;
  for (const { track, endNs } of spans) {
    if (track === 'decision' && endNs <= durationNs) values.set(endNs, (++count).toString(2));
  }
  return { type: 'integer', width: 32, name: 'decisions', changes: changesOf(values) };
}

function powers({ steps, components }: Waveform): Unnamed[] {
  const levels = components.map(() => 0);
  const series = components.map(() => new Map<number, string>());
  const total = new Map<number, string>();
  for (const { atNs, component, mw } of steps) {
    levels[component] = mw;
    series[component]!.set(atNs, real(mw));
    total.set(atNs, real(levels.reduce((sum, level) => sum + level, 0)));
  }
  const variable = (name: string, values: Map<number, string>): Unnamed => ({
    type: 'real',
    width: 64,
    name: `${word(name)}_mw`,
    changes: changesOf(values),
  });
  return [variable('battery', total), ...components.map(({ name }, index) => variable(name, series[index]!))];
}

/** Only what differs from the value before. */
function changesOf(values: ReadonlyMap<number, string>): Signal['changes'] {
  const sorted = [...values].sort(([a], [b]) => a - b).map(([atNs, value]) => ({ atNs, value }));
  return sorted.filter(({ value }, index) => index === 0 || sorted[index - 1]!.value !== value);
}

const real = (mw: number): string => String(rounded(mw, 'power'));

/** Names hold no white space. */
const word = (text: string): string => text.replace(/[^\w/.@-]+/g, '_').replace(/^_+|_+$/g, '');

/** Short identifier codes of printable characters, "!" to "~". */
function identifier(index: number): string {
  const first = 33;
  const count = 94;
  return (
    (index >= count ? identifier(Math.floor(index / count) - 1) : '') +
    String.fromCharCode(first + (index % count))
  );
}
