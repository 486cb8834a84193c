import { describe, expect, it } from 'vitest';
import type { KernelManifest } from '../../kernel/manifest.ts';
import { loadFaults, parseFaults } from './load.ts';

const manifest = {
  rateHz: 25,
  channels: [{ name: 'bvp', sensor: 'ppg', unit: 'a.u.', lsb: 1 }],
} as KernelManifest;
const parse = (over: object) =>
  parseFaults(JSON.stringify({ seed: 1, seconds: 60, faults: [], ...over }), 'f.json', manifest);
const refusing = (fault: object) => () => parse({ faults: [fault] });

describe('fault files', () => {
  it('may hold comments', () => {
    const text =
      '{ // hard\n "seed": 3, "seconds": 20, "faults": [{ "kind": "jitter", "standardDeviationMs": 2 }] }';
    expect(parseFaults(text, 'f.json', manifest)).toMatchObject({ seed: 3, faults: [{ kind: 'jitter' }] });
  });

  it('ESC424 says why a file cannot be read', () => {
    expect(() => loadFaults('/nowhere/f.json', manifest)).toThrow(
      /^ESC424 .*no such file\. Give a JSON file/,
    );
    expect(() => parseFaults('{', 'f.json', manifest)).toThrow(
      /^ESC424 Fault file f\.json cannot be read: not JSON/,
    );
  });

  it.each([
    [{ kind: 'dropot' }, 'faults[0].kind: "dropot" is no kind of fault. Use one of dropout, jitter,'],
    [
      { kind: 'dropout', sensor: 'gyroscope', fromS: 1, toS: 2, shows: 'last' },
      'faults[0].sensor: the pipeline reads no gyroscope. Use one of ppg.',
    ],
    [
      { kind: 'dropout', sensor: 'ppg', fromS: 3, toS: 2, shows: 'last' },
      'faults[0].toS: it does not end after it starts.',
    ],
    [
      { kind: 'saturation', channel: 'red', fromS: 1, toS: 2, lowCounts: 0, highCounts: 1 },
      'faults[0].channel: there is no channel "red". Use one of bvp.',
    ],
    [
      { kind: 'saturation', fromS: 1, toS: 2, lowCounts: 1, highCounts: 1 },
      'faults[0].highCounts: the range is empty.',
    ],
    [
      { kind: 'jitter', standardDeviationMs: -1 },
      'faults[0].standardDeviationMs: a deviation is not negative.',
    ],
    [{ kind: 'clock-drift', partsPerMillion: 6e5 }, 'faults[0].partsPerMillion: no clock is that wrong.'],
    [{ kind: 'brown-out', atS: -1, downS: 1 }, 'faults[0].downS: times are not negative.'],
    [{ kind: 'radio-loss', share: 2, retries: 1, bytes: 4 }, 'faults[0].share: 2 is no share.'],
    [{ kind: 'radio-loss', share: 0.5, retries: 1.5, bytes: 4 }, 'faults[0].retries: 1.5 is no count.'],
  ])('ESC425 refuses %j', (fault, text) => {
    expect(refusing(fault)).toThrow(`ESC425 Fault file f.json, ${text}`);
  });

  it('ESC425 refuses a run without a length, and fields that are not there', () => {
    expect(() => parse({ seconds: 0 })).toThrow(
      'ESC425 Fault file f.json, seconds: 0 s is no length for a run.',
    );
    expect(() => parse({ sed: 1 })).toThrow(/sed: "sed" is not a field here\. Did you mean "seed"/);
  });
});
