import { describe, expect, it } from 'vitest';
import { lintModule } from '../../lint/lint.ts';
import { bench, random, single, view } from '../../layers/testing.ts';
import { quantizeNetwork } from '../../quantize/quantize-network.ts';

/** Bits against the integer reference: generator/layers/recurrent/same-bits.test.ts, test/examples/bits.test.ts. */
describe('profile host', () => {
  it('is never taken for a kernel to flash: the rules of modules refuse its SIMD', async () => {
    const { array } = random(1);
    const network = single({
      kind: 'lstm',
      name: 'lstm',
      direction: 'forward',
      hidden: 9,
      input: view('x', 3, 3),
      sequence: view('y', 3, 9),
      inputWeights: array(36 * 3),
      recurrentWeights: array(36 * 9),
      bias: array(36),
    });
    const options = { weightBits: 8, activationBits: 16, profile: 'host' } as const;
    const { wasm, source } = await bench(
      [quantizeNetwork(network, { windows: [array(9)] }, options)],
      'host',
    );
    expect(source).toContain('lstmUnits(8, ');
    for (const runtime of ['wasm3', 'wamr', 'wasm2c'])
      expect(lintModule(wasm, runtime)[0]).toMatchObject({ rule: 'accepted-features', severity: 'error' });
  });
});
