import { describe, expect, it } from 'vitest';
import type { Network } from '../graph/network.ts';
import { view } from '../layers/testing.ts';
import { outputsOf, requireShares } from './shares.ts';

const ending = (kind: 'softmax' | 'activation'): Network => ({
  name: 'n',
  buffers: { x: { steps: 1, features: 2 }, y: { steps: 1, features: 2 } },
  input: 'x',
  output: 'y',
  layers: [
    kind === 'softmax'
      ? { kind, name: 'last', input: view('x', 1, 2), output: view('y', 1, 2) }
      : { kind, name: 'last', activation: 'relu', input: view('x', 1, 2), output: view('y', 1, 2) },
  ],
});
const where = { file: 'w.safetensors', tensor: 'out' };

describe('outputs of a model', () => {
  it('are shares behind a softmax, logits otherwise', () => {
    expect(outputsOf(ending('softmax'))).toBe('probabilities');
    expect(outputsOf(ending('activation'))).toBe('logits');
  });

  it('refuses logits for a model that ends in a softmax', () => {
    expect(() => requireShares(ending('softmax'), [Float64Array.of(0.3, 0.7)], where)).not.toThrow();
    expect(() => requireShares(ending('activation'), [Float64Array.of(3, 7)], where)).not.toThrow();
    const rows = [Float64Array.of(0.3, 0.7), Float64Array.of(-2, 3)];
    expect(() => requireShares(ending('softmax'), rows, where)).toThrow(
      'ESC308 w.safetensors: the model ends in shares of 1, but row 1 of "out" adds up to 1.000. Save the output',
    );
  });
});
