import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { waveformMicrojoules } from '../../sim/timeline/waveform.ts';
import { fixtureWaveform } from '../testing/fixture-waveform.ts';
import { minimap, type Minimap } from './minimap.ts';
import { readCurrentTrace } from './read.ts';
import { sampleWaveform } from './samples.ts';
import { ppk2File, ppkCsv } from './write.ts';

const volts = 3.7;
const { waveform } = fixtureWaveform('pulse', 'we-be-class', 4.75);
const samples = sampleWaveform(waveform, volts, 100_000);
const file = ppk2File(samples);

const read = (text: string) => readCurrentTrace(new TextEncoder().encode(text), 'x.csv');
const reading = (text: string) => () => read(text);

describe('samples of a current meter', () => {
  it('keep the charge of the waveform, at any sampling rate', () => {
    for (const rate of [1000, 8000, 100_000]) {
      const { currentUa } = sampleWaveform(waveform, volts, rate);
      const microjoules = currentUa.reduce((sum, ua) => sum + (ua * volts) / rate, 0);
      // Float32 samples.
      expect(microjoules / waveformMicrojoules(waveform)).toBeCloseTo(1, 5);
    }
  });

  it('show LED pulses as peaks: 62 mA at 5 V through a regulator of 85 %', () => {
    const peak = samples.currentUa.reduce((most, ua) => Math.max(most, ua), 0);
    expect(peak).toBeGreaterThan((62e3 * 5) / 0.85 / volts);
  });
});

describe('.ppk2', () => {
  const parts = unzipSync(file);

  it('holds session, metadata and minimap as the Power Profiler app reads them', () => {
    expect(Object.keys(parts).sort()).toEqual(['metadata.json', 'minimap.raw', 'session.raw']);
    expect(JSON.parse(new TextDecoder().decode(parts['metadata.json']))).toEqual({
      metadata: { samplesPerSecond: 100_000 },
      formatVersion: 2,
    });
    const session = parts['session.raw']!;
    expect(session.length).toBe(6 * samples.currentUa.length);
    const view = new DataView(session.buffer, session.byteOffset);
    expect(view.getFloat32(6 * 1000, true)).toBe(samples.currentUa[1000]);
    // D0 "sensor on" is high throughout: two bits 10 at the bottom of a big-endian word.
    expect(view.getUint16(6 * 1000 + 4, false) & 3).toBe(2);
    const map = JSON.parse(new TextDecoder().decode(parts['minimap.raw'])) as Minimap;
    expect(map.data.length).toBeLessThan(map.maxNumberOfElements);
    expect(map.data.min).toHaveLength(map.data.length);
    expect(map.data.length).toBe(Math.ceil(samples.currentUa.length / map.numberOfTimesToFold));
  });

  it('folds the minimap by a power of two and keeps the extremes in nanoamperes', () => {
    const current = Float32Array.from({ length: 25_001 }, (_, index) => (index === 777 ? 5000 : 0.05));
    const map = minimap(current, 1000);
    expect(map.numberOfTimesToFold).toBe(4);
    expect(map.lastElementFoldCount).toBe(1);
    expect(Math.max(...map.data.max.map(({ y }) => y))).toBe(5e6);
    expect(Math.min(...map.data.min.map(({ y }) => y))).toBe(200);
    // Samples 0 to 3 at 1 ms: mean 1.5 ms.
    expect(map.data.min[0]!.x).toBe(1500);
  });

  it('is the same bytes each time', () => {
    expect(Buffer.from(ppk2File(samples)).equals(Buffer.from(file))).toBe(true);
  });
});

describe('reading measurements back', () => {
  it('from .ppk2: rate and every sample', () => {
    const back = readCurrentTrace(file, 'x.ppk2');
    expect(back.samplesPerSecond).toBe(100_000);
    expect(back.currentUa).toEqual(samples.currentUa);
  });

  it('from the CSV that the app exports', () => {
    const small = sampleWaveform(waveform, volts, 1000);
    const text = ppkCsv(small);
    expect(text.split('\n')[0]).toBe('Timestamp(ms),Current(uA),D0-D7');
    expect(text.split('\n')[1]).toMatch(/^0,\d+\.\d{3},[-01X]{8}$/);
    const back = readCurrentTrace(new TextEncoder().encode(text), 'x.csv');
    expect(back.samplesPerSecond).toBeCloseTo(1000, 6);
    expect(back.currentUa).toHaveLength(small.currentUa.length);
    expect(back.currentUa[17]).toBeCloseTo(small.currentUa[17]!, 2);
  });

  it('reads other column orders and units', () => {
    expect([...read('Current(mA),Timestamp(ms)\r\n1.5,0\r\n2,10\r\n').currentUa]).toEqual([1500, 2000]);
    expect(read('Timestamp(ms),Current(uA),D0,D1\n0,1,0,1\n10,2,0,1\n').samplesPerSecond).toBe(100);
  });

  it('ESC450, ESC451, ESC452 refuse what cannot be read', () => {
    expect(reading('a,b\n1,2\n')).toThrow(/^ESC450 x\.csv is neither .* Save the measurement as \.ppk2/);
    expect(reading('Timestamp(ms),Current(uA)\n0,1\n1,\n')).toThrow(
      /^ESC451 .* line 3 has no time and current/,
    );
    expect(reading('Timestamp(ms),Current(uA)\n0,1\n0,2\n')).toThrow(/^ESC451 .* does not rise at line 3/);
    expect(reading('Timestamp(ms),Current(uA)\n')).toThrow(/^ESC452 .* holds no sample\. Record/);
    expect(() => readCurrentTrace(file.slice(0, 1000), 'cut.ppk2')).toThrow(/^ESC451 .*cut\.ppk2 is damaged/);
  });
});
