import { expect, it } from 'vitest';
import { cores } from '../cores/index.ts';
import { runtimes } from '../runtimes/index.ts';
import { errorBand } from './bands.ts';

const notesOf = (id: keyof typeof runtimes) => errorBand(cores['cortex-m4'], runtimes[id]).notes.join(' ');

it('says which runtime predicts the code that export compiles', () => {
  expect(notesOf('wasm2c')).toContain('wasm2c-firmware predicts it');
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

it('is no narrower for firmware than for code without checks, and says what it does not know', () => {
  for (const core of Object.values(cores)) {
    const [firmware, unchecked] = (['wasm2c-firmware', 'wasm2c-unchecked'] as const).map((id) =>
      errorBand(core, runtimes[id]),
    );
    expect(firmware!.band.low).toBeLessThanOrEqual(unchecked!.band.low);
    expect(firmware!.band.high).toBeGreaterThanOrEqual(unchecked!.band.high);
    // pearson as firmware on the Cortex-A7, of whose loops gcc makes vectors, takes 0.417 of its estimate (scripts/firmware-sample.ts).
    if (core.id.startsWith('cortex-a')) expect(firmware!.band.low).toBeLessThan(0.417);
    expect(firmware!.notes.join(' ').includes('vectorised')).toBe(core.id.startsWith('cortex-a'));
  }
});

it.each([
  ['cortex-a8', 'cortex-a7'],
  ['cortex-m33', 'cortex-m4'],
] as const)(
  'is no narrower on a core that was measured later, %s, than on %s, whose code it runs',
  (later, like) => {
    for (const id of ['wasm2c', 'wasm2c-unchecked'] as const) {
      const [one, other] = [later, like].map((core) => errorBand(cores[core], runtimes[id]));
      expect(one!.band.low).toBeLessThanOrEqual(other!.band.low);
      expect(one!.band.high).toBeGreaterThanOrEqual(other!.band.high);
      // An assumed factor beside it, where nothing was measured.
      expect(one!.notes.join(' ')).not.toContain('no timing reference of its own');
    }
    expect(errorBand(cores[later], runtimes.wasm3).notes.join(' ')).toContain(
      'no timing reference of its own',
    );
  },
);
