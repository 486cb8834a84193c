import { describe, expect, it } from 'vitest';
import { twoLines } from './two-lines.ts';

describe('twoLines', () => {
  it('breaks at the hyphen nearest the middle, the later of two', () => {
    expect(twoLines('wasm2c-unchecked', 8)).toBe('wasm2c-\nunchecked');
    expect(twoLines('moto-360-sport', 12)).toBe('moto-360-\nsport');
    expect(twoLines('samsung-gear-live', 13)).toBe('samsung-\ngear-live');
  });

  it('leaves short names and names without a hyphen', () => {
    expect(twoLines('we-be-class', 13)).toBe('we-be-class');
    expect(twoLines('averylongnamewithout', 8)).toBe('averylongnamewithout');
  });
});
