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

it('is no narrower on a core that was measured later than on the one whose code it runs', () => {
  const width = (core: keyof typeof cores, id: keyof typeof runtimes) =>
    errorBand(cores[core], runtimes[id]).band;
  for (const id of ['wasm2c', 'wasm2c-unchecked'] as const) {
    const [a7, a8] = [width('cortex-a7', id), width('cortex-a8', id)];
    expect(a8.low).toBeLessThanOrEqual(a7.low);
    expect(a8.high).toBeGreaterThanOrEqual(a7.high);
    // 0.7 to 1.5 beside it, where nothing was measured.
    expect(errorBand(cores['cortex-a8'], runtimes[id]).notes.join(' ')).not.toContain(
      'no timing reference of its own',
    );
    expect(errorBand(cores['cortex-m33'], runtimes[id]).notes.join(' ')).toContain(
      'no timing reference of its own',
    );
  }
  expect(errorBand(cores['cortex-a8'], runtimes.wasm3).notes.join(' ')).toContain(
    'no timing reference of its own',
  );
});
