import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { status } from '../../kernel/manifest.ts';
import { pipelineOf, stageBench, type StageBench } from './testing.ts';

describe('argmax decision', () => {
  let bench: StageBench;
  beforeAll(async () => {
    bench = await stageBench(pipelineOf({ window: { seconds: 0.2, hopSeconds: 0.2 } }), 25, {
      outputs: 5,
      inputScale: 1,
    });
  });

  it('returns the class with the largest score, the first of equal ones, as the reference does', () => {
    const score = fc.oneof(fc.integer({ min: -32768, max: 32767 }), fc.integer({ min: -1, max: 1 }));
    fc.assert(
      fc.property(fc.array(score, { minLength: 5, maxLength: 5 }), (scores) => {
        bench.reset();
        bench.write('model_y', scores);
        expect(bench.call('decide')).toBe(scores.indexOf(Math.max(...scores)));
      }),
    );
  });

  it('says in the manifest how many classes there are', () => {
    expect(bench.built.decision).toEqual({ kind: 'argmax', classes: 5 });
    expect(bench.built.program.entries.map((e) => e.name)).toEqual([
      'push',
      'prepare',
      'model',
      'decide',
      'infer',
    ]);
  });

  it('infers only from a full window', () => {
    bench.reset();
    for (const v of [1, 9, 3, 4]) {
      expect(bench.push([v])).toBe(0);
      expect(bench.call('infer')).toBe(status.windowNotReady);
    }
    expect(bench.push([5])).toBe(1);
    expect(bench.call('infer')).toBe(1);
    expect(bench.push([20])).toBe(0);
    expect(bench.call('infer')).toBe(4); // a full ring may be asked at any time
  });
});
