import { expect, it } from 'vitest';
import { cores } from '../cores/index.ts';
import { runtimes } from '../runtimes/index.ts';
import { errorBand } from './bands.ts';

const notesOf = (id: keyof typeof runtimes) => errorBand(cores['cortex-m4'], runtimes[id]).notes.join(' ');

it('says which runtime predicts the code that export compiles', () => {
  expect(notesOf('wasm2c')).toContain('wasm2c-unchecked predicts it');
  expect(notesOf('wasm2c-unchecked')).not.toContain('predicts it');
});

it('carries the published quantiles, which hold the estimate itself', () => {
  for (const core of Object.values(cores))
    for (const runtime of Object.values(runtimes)) {
      const { band } = errorBand(core, runtime);
      expect(band.low).toBeLessThanOrEqual(band.value);
      expect(band.high).toBeGreaterThanOrEqual(band.value);
    }
});
