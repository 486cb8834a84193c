/** `escapement day`: every workload on real kernels, bad input, and the same bytes twice. */
import { describe, expect, it } from 'vitest';
import type { DayResult } from '../../sim/timeline/day.ts';
import { escapement } from './run.ts';

const day = async (...more: string[]): Promise<DayResult> => {
  const run = await escapement('day', 'pulse', '--json', ...more);
  expect(run).toMatchObject({ code: 0, err: '' });
  return JSON.parse(run.out) as DayResult;
};

describe('escapement day', () => {
  it('runs the four workloads, less use for less energy', async () => {
    const energies: number[] = [];
    for (const workload of ['continuous', 'typing-sessions', 'phone-and-watch', 'password-events']) {
      const found = await day('--workload', workload);
      expect(found).toMatchObject({ hours: 24, workload: { id: workload } });
      expect(found.counts.decisions).toBeGreaterThan(0);
      expect(found.conservation.differenceUj).toBeLessThan(1);
      energies.push(found.energyMwh.value);
    }
    expect(energies).toEqual([...energies].sort((a, b) => b - a));
  });

  it('agrees with the average power of simulate for continuous use', async () => {
    const simulated = JSON.parse((await escapement('simulate', 'pulse', '--json')).out) as {
      power: { averageMw: { value: number } };
    };
    const found = await day();
    expect(found.averageMw.value / simulated.power.averageMw.value).toBeCloseTo(1, 3);
  });

  it('drives sensors by the true timestamps of a recording', async () => {
    const recorded = await day('--recorded', '--rate', '64', '--hours', '1');
    const even = await day('--rate', '64', '--hours', '1');
    expect(recorded.counts.decisions / even.counts.decisions).toBeCloseTo(1, 2);
    expect(recorded.averageMw.value / even.averageMw.value).toBeCloseTo(1, 2);
  });

  it('draws the battery and says when it is empty', async () => {
    const { out } = await escapement('day', 'pulse');
    expect(out).toMatch(/^battery +empty after 1\d\.\d h \[/m);
    expect(out).toMatch(/^charge +[▁-█]{25} each hour$/m);
    expect(out).toMatch(/^sensor led \* +5v /m);
  });

  it('ESC416, ESC453, ESC410 refuse what cannot be run', async () => {
    expect((await escapement('day', 'pulse', '-w', 'typing')).err).toMatch(/ESC416 .*typing-sessions/);
    expect((await escapement('day', 'pulse', '--hours', 'x')).err).toMatch(/ESC453 --hours wants a number/);
    const missing = await escapement('day', 'pulse', '--board', 'sony-smartwatch-3');
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing.err).toMatch(/ESC410/);
  });
});
