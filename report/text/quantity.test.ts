import { describe, expect, it } from 'vitest';
import {
  bytes,
  clock,
  count,
  duration,
  durationBand,
  hertz,
  percent,
  power,
  ratio,
  setBytes,
  setDuration,
  share,
} from './quantity.ts';

describe('quantities', () => {
  it('choose the unit that reads best', () => {
    expect([0.21, 212, 2140, 0].map(duration)).toEqual(['210 µs', '212 ms', '2.14 s', '0 ms']);
    expect([0.042, 0.1, 31.23, 1500, 0].map(power)).toEqual([
      '42.0 µW',
      '0.100 mW',
      '31.2 mW',
      '1.50 W',
      '0 mW',
    ]);
    expect([640, 1024, 146_432, 3 * 1024 ** 2].map(bytes)).toEqual([
      '640 B',
      '1.00 KiB',
      '143 KiB',
      '3.00 MiB',
    ]);
    expect([7, 999, 1000, 3_356_160].map(count)).toEqual(['7', '999', '1.00 k', '3.36 M']);
  });

  it('keep a band in the unit of its value', () => {
    expect(durationBand({ value: 2140, low: 900, high: 2510 })).toBe('2.14 s [0.90..2.51]');
  });

  it('write limits and settings without digits that nobody set', () => {
    expect([setDuration(500), setDuration(1500), setBytes(262_144), clock(64), clock(1200)]).toEqual([
      '500 ms',
      '1.5 s',
      '256 KiB',
      '64 MHz',
      '1.2 GHz',
    ]);
    expect([hertz(25), hertz(24.995)]).toEqual(['25 Hz', '24.995 Hz']);
  });

  it('never call a small share none', () => {
    expect([share(0, 10), share(0.001, 10), share(1, 3), share(1, 0)]).toEqual([
      '0.0 %',
      '<0.1 %',
      '33.3 %',
      '0.0 %',
    ]);
    expect(percent(0.2486)).toBe('24.9 %');
    expect([ratio(10), ratio(3.44)]).toEqual(['10x', '3.4x']);
  });
});
