import { describe, expect, it } from 'vitest';
import { closest, editDistance } from './closest.ts';

describe('closest', () => {
  it('counts insertions, deletions and replacements', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('same', 'same')).toBe(0);
  });

  it('names the nearest known word, and none when all are far', () => {
    expect(closest('we-be-clas', ['moto-360-sport', 'we-be-class'])).toBe('we-be-class');
    expect(closest('Ledcurrentma', ['ledCurrentMa'])).toBe('ledCurrentMa');
    expect(closest('zebra', ['moto-360-sport', 'we-be-class'])).toBeUndefined();
    expect(closest('x', ['id'])).toBeUndefined();
    expect(closest('x', [])).toBeUndefined();
  });
});
