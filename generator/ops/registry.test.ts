import { describe, expect, it } from 'vitest';
import { floats } from '../graph/make-tensor.ts';
import { definitionOf, operatorNames } from './registry.ts';
import { run } from './testing.ts';

describe('registry', () => {
  it('names every operator once', () => {
    expect(new Set(operatorNames).size).toBe(operatorNames.length);
  });

  it('refuses an unknown operator by node name, domain and next step', () => {
    const node = { name: 'fancy', op: 'Magic', domain: 'com.x', inputs: [], outputs: [], attributes: {} };
    expect(() => definitionOf(node)).toThrow(
      /^ESC120 Node "fancy": operator com\.x\.Magic is not supported\. Replace it/,
    );
  });

  it('keeps the domains apart', () => {
    expect(() => run('Scaler', [floats([1], [1])])).toThrow(/^ESC120/);
  });
});
