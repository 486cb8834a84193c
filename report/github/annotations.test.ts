import { describe, expect, it } from 'vitest';
import { fixtureCheck } from '../testing/fixture-check.ts';
import { annotations } from './annotations.ts';

describe('annotations of GitHub Actions', () => {
  it('are one command a line, with place and title, escaped as the runner undoes it', () => {
    const [first, second, ...rest] = annotations(fixtureCheck);
    expect(rest).toEqual([]);
    expect(first).toBe(
      '::error file=my pipeline.json,line=12,col=7,title=latency%3A fail::' +
        'pulse/25hz on we-be-class with wasm3 at 25 Hz: Too slow: 50 %25 over, "really" <b>&%0Anext line, end.',
    );
    expect(second).toMatch(/^::warning title=average power%3A undecided::pulse/);
  });
});
