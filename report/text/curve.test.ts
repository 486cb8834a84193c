import { expect, it } from 'vitest';
import { curve } from './curve.ts';

it('draws a value as a block as high as it is, and keeps to the scale', () => {
  expect(curve([0, 0.1, 0.5, 0.99, 1])).toBe('▁▁▄██');
  expect(curve([-1, 2])).toBe('▁█');
  expect(curve([])).toBe('');
});
