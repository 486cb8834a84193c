import { describe, expect, it } from 'vitest';
import { waveformMicrojoules } from '../../sim/timeline/waveform.ts';
import { fixtureWaveform } from '../testing/fixture-waveform.ts';
import { vcd } from './vcd.ts';

/** Reads a dump as IEEE 1364-2005 clause 18 describes it: header sections, then times and changes. */
function parse(text: string) {
  const [header = '', body = ''] = text.split('$enddefinitions $end\n');
  const names = new Map<string, { type: string; name: string }>();
  for (const [, type, , id, name] of header.matchAll(/\$var (\w+) (\d+) (\S+) (\S+) \$end/g))
    names.set(id!, { type: type!, name: name! });
  const values = new Map<string, { atNs: number; value: number }[]>();
  let now = -1;
  for (const line of body.trim().split('\n')) {
    if (line === '$dumpvars' || line === '$end') continue;
    if (line.startsWith('#')) {
      const at = Number(line.slice(1));
      expect(at).toBeGreaterThan(now);
      now = at;
      continue;
    }
    const [value, id] = /^[rb]/.test(line)
      ? [
          line[0] === 'r' ? Number(line.slice(1).split(' ')[0]) : parseInt(line.slice(1), 2),
          line.split(' ')[1]!,
        ]
      : [Number(line[0]), line.slice(1)];
    const { name } = names.get(id)!;
    values.set(name, [...(values.get(name) ?? []), { atNs: now, value }]);
  }
  return { header, names, values, endNs: now };
}

describe('value change dump', () => {
  const { result, waveform } = fixtureWaveform();
  const text = vcd(waveform, `${result.kernel} on ${result.board}`, 'escapement test');
  const dump = parse(text);

  it('declares every signal once and gives each a value at time 0', () => {
    expect(dump.header).toContain('$timescale 1 ns $end');
    expect(dump.header).toContain('$scope module pulse/25hz_on_we-be-class $end');
    expect(dump.header).not.toContain('$date');
    const names = [...dump.names.values()].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(dump.values.get(name)?.[0]?.atNs, name).toBe(0);
    expect(dump.endNs).toBe(waveform.durationNs);
  });

  it('holds the energy of the run in its power signal', () => {
    const power = dump.values.get('battery_mw')!;
    const microjoules = power.reduce((sum, { atNs, value }, index) => {
      const until = power[index + 1]?.atNs ?? dump.endNs;
      return sum + value * (until - atNs) * 1e-6;
    }, 0);
    expect(microjoules / waveformMicrojoules(waveform)).toBeCloseTo(1, 4);
  });

  it('raises and lowers signals in turn, and counts decisions', () => {
    const inference = dump.values.get('cpu_inference')!.map(({ value }) => value);
    expect(inference.slice(0, 3)).toEqual([0, 1, 0]);
    expect(dump.values.get('decisions')!.at(-1)!.value).toBe(waveform.run.counts.decisions);
  });
});
