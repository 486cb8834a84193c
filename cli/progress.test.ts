import { describe, expect, it } from 'vitest';
import { displayWidth } from '../report/text/width.ts';
import { createProgress, type ProgressOptions } from './progress.ts';

function run(options: Partial<ProgressOptions> & { isTTY?: boolean; columns?: number }): string {
  let written = '';
  const stream = {
    isTTY: options.isTTY ?? true,
    columns: options.columns ?? 80,
    write: (text: string) => (written += text),
  };
  const progress = createProgress({ stream, quiet: options.quiet, environment: options.environment });
  progress.phase('simulating', 2);
  progress.step('pulse/25hz on we-be-class');
  progress.step('a \u001b[2J name');
  progress.clear();
  progress.clear();
  return written;
}

describe('progress', () => {
  it('rewrites one line with count and item, then takes it away', () => {
    const frames = run({}).split('\r\u001b[K');
    expect(frames).toEqual([
      '',
      '──────────────────── 1/2 simulating: pulse/25hz on we-be-class',
      '━━━━━━━━━━────────── 2/2 simulating: a <1b>[2J name',
      '',
    ]);
  });

  it('never reaches the last cell of a terminal', () => {
    for (const frame of run({ columns: 40 }).split('\r\u001b[K'))
      expect(displayWidth(frame)).toBeLessThan(40);
  });

  it('is silent in a pipe, in CI, with --quiet and on a dumb terminal', () => {
    expect(run({ isTTY: false })).toBe('');
    expect(run({ quiet: true })).toBe('');
    expect(run({ environment: { CI: 'true' } })).toBe('');
    expect(run({ environment: { TERM: 'dumb' } })).toBe('');
  });
});
