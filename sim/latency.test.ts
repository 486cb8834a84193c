import { describe, expect, it } from 'vitest';
import { exact } from '../common/estimate.ts';
import { joinStages } from './latency.ts';
import type { StageCost } from './result.ts';

const stage = (cycles: number, parallel?: StageCost['parallel']): StageCost => ({
  name: 's',
  title: 's',
  cycles: { value: cycles, low: cycles / 2, high: cycles * 2 },
  wasmOps: 0,
  macs: 0,
  parallel,
});

describe('joinStages', () => {
  const branches = [
    stage(10),
    stage(100, { group: 0, branch: 0 }),
    stage(60, { group: 0, branch: 1 }),
    stage(5),
  ];

  it('adds stages up on one core', () => {
    expect(joinStages(branches, 1)).toEqual({
      path: { value: 175, low: 87.5, high: 350 },
      total: { value: 175, low: 87.5, high: 350 },
      coresUsed: 1,
    });
  });

  it('counts the longest branch for latency and all branches for energy on two cores', () => {
    const { path, total, coresUsed } = joinStages(branches, 4);
    expect(path.value).toBe(115);
    expect(total.value).toBe(175);
    expect(coresUsed).toBe(2);
  });

  it('lets layers of one branch follow each other', () => {
    const two = [
      stage(10, { group: 0, branch: 0 }),
      stage(20, { group: 0, branch: 0 }),
      stage(25, { group: 0, branch: 1 }),
    ];
    expect(joinStages(two, 2).path.value).toBe(30);
  });

  it('shares branches out over too few cores', () => {
    const three = [0, 1, 2].map((branch) => stage(10, { group: 0, branch }));
    expect(joinStages(three, 2).path.value).toBe(20);
    expect(joinStages(three, 2).coresUsed).toBe(2);
  });

  it('is zero without stages', () => {
    expect(joinStages([], 2)).toEqual({ path: exact(0), total: exact(0), coresUsed: 1 });
  });
});
