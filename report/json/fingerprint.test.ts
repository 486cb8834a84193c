import { describe, expect, it } from 'vitest';
import { fixtureReport } from '../testing/fixture.ts';
import { digestInput, fingerprint } from './fingerprint.ts';
import { reportJson } from './report-json.ts';

const inputs = [digestInput('pulse/model.onnx', 'a'), digestInput('boards/x.json', new Uint8Array([98]))];

describe('fingerprint', () => {
  it('is a SHA-256 that does not depend on the order of simulation or of inputs', () => {
    const report = fixtureReport();
    const shuffled = fixtureReport();
    for (const variant of shuffled.systems.flatMap((system) => system.variants)) {
      variant.results.reverse();
      variant.kernels.reverse();
    }
    expect(fingerprint(report, inputs)).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprint(shuffled, inputs.toReversed())).toBe(fingerprint(report, inputs));
    expect(reportJson(shuffled)).toBe(reportJson(report));
  });

  it('changes with every input, every result and the tool, not with itself', () => {
    const report = fixtureReport();
    const base = fingerprint(report, inputs);
    const slower = fixtureReport();
    slower.systems[0]!.variants[0]!.results[0]!.latencyMs.value *= 1.001;
    const others = [
      fingerprint(report, [inputs[0]!, digestInput('boards/x.json', 'c')]),
      fingerprint(report, [inputs[0]!, digestInput('boards/y.json', 'b')]),
      fingerprint(report),
      fingerprint(slower, inputs),
      fingerprint({ ...report, tool: 'escapement 9' }, inputs),
    ];
    expect(new Set([base, ...others]).size).toBe(6);
    expect(fingerprint({ ...report, fingerprint: 'f' } as never, inputs)).toBe(base);
  });

  it('digests bytes by the standard (FIPS 180-4 example "abc")', () => {
    expect(digestInput('x', 'abc').sha256).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
