import { describe, expect, it } from 'vitest';
import { waveformMicrojoules } from '../../sim/timeline/waveform.ts';
import { fixtureWaveform } from '../testing/fixture-waveform.ts';
import { chromeTraceJson, type TraceEvent } from './chrome-trace.ts';

interface Parsed {
  displayTimeUnit: string;
  traceEvents: TraceEvent[];
}

describe('Chrome trace', () => {
  const { result, waveform } = fixtureWaveform();
  const trace = JSON.parse(chromeTraceJson(result, waveform)) as Parsed;
  const of = (ph: string) => trace.traceEvents.filter((event) => event.ph === ph);

  it('is JSON of events with the fields that their phase needs, in order of time', () => {
    expect(trace.displayTimeUnit).toBe('ms');
    let last = -Infinity;
    for (const event of trace.traceEvents) {
      expect(Number.isInteger(event.pid) && Number.isInteger(event.tid)).toBe(true);
      if (event.ph === 'M') continue;
      expect(event.ts).toBeGreaterThanOrEqual(Math.max(0, last));
      last = event.ts!;
      if (event.ph === 'X') expect(event.dur).toBeGreaterThanOrEqual(0);
      if (event.ph === 'C')
        for (const value of Object.values(event.args!)) expect(typeof value).toBe('number');
    }
  });

  it('opens and closes every B on its thread', () => {
    const depth = new Map<number, number>();
    for (const { ph, tid } of trace.traceEvents) {
      if (ph === 'B') depth.set(tid, (depth.get(tid) ?? 0) + 1);
      if (ph === 'E') depth.set(tid, depth.get(tid)! - 1);
      expect(depth.get(tid) ?? 0).toBeGreaterThanOrEqual(0);
    }
    expect([...depth.values()]).toEqual([0]);
  });

  it('nests the slices of a thread: stages lie within their inference', () => {
    for (const thread of new Set(of('X').map(({ tid }) => tid))) {
      const slices = of('X').filter(({ tid }) => tid === thread);
      const open: number[] = [];
      const sorted = [...slices].sort((a, b) => a.ts! - b.ts! || b.dur! - a.dur!);
      for (const { ts, dur } of sorted) {
        while (open.length > 0 && open.at(-1)! <= ts! + 1e-3) open.pop();
        if (open.length > 0) expect(ts! + dur!).toBeLessThanOrEqual(open.at(-1)! + 2e-3);
        open.push(ts! + dur!);
      }
    }
    const inference = of('X').filter(({ name }) => name === 'inference');
    expect(inference.length).toBeGreaterThanOrEqual(2);
    const stages = of('X').filter(({ args }) => args?.cycles !== undefined);
    expect(stages).toHaveLength(inference.length * result.stages.length);
  });

  it('counts the power of the whole run: area under the counter is its energy', () => {
    const counters = of('C').filter(({ name }) => name === 'battery power');
    let microjoules = 0;
    counters.forEach(({ ts, args }, index) => {
      const next = counters[index + 1];
      if (next) microjoules += (args!.mW as number) * (next.ts! - ts!) * 1e-3;
    });
    expect(microjoules / waveformMicrojoules(waveform)).toBeCloseTo(1, 4);
  });

  it('puts parallel branches side by side on two cores', () => {
    const sub = fixtureWaveform('deepauth', 'sony-smartwatch-3');
    expect(sub.result.coresUsed).toBe(2);
    const { traceEvents } = JSON.parse(chromeTraceJson(sub.result, sub.waveform)) as Parsed;
    const branches = traceEvents.filter(
      ({ ph, args, name }) =>
        ph === 'X' &&
        args?.cycles !== undefined &&
        sub.result.stages.some((stage) => stage.parallel && (stage.title || stage.name) === name),
    );
    const [first, second] = branches;
    expect(first!.ts).toBe(second!.ts);
    expect(new Set([first!.tid, second!.tid]).size).toBe(2);
  });

  it('has the same bytes each time', () => {
    const again = fixtureWaveform();
    expect(chromeTraceJson(again.result, again.waveform)).toBe(chromeTraceJson(result, waveform));
  });
});
