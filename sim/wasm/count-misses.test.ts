import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { analyse } from './analysis.ts';
import { countMisses, type CacheGeometry } from './count-misses.ts';

const small: CacheGeometry = {
  lineBytes: 64,
  level1: { bytes: 1024, ways: 4 },
  level2: { bytes: 4096, ways: 8 },
};

/** Least recently used, straight from the definition. */
class Level {
  private readonly sets: number[][];
  private readonly ways: number;
  misses = 0;
  constructor(bytes: number, ways: number) {
    this.sets = Array.from({ length: bytes / 64 / ways }, () => []);
    this.ways = ways;
  }
  hits(line: number): boolean {
    const set = this.sets[(line + 1) % this.sets.length];
    const at = set.indexOf(line);
    if (at >= 0) set.splice(at, 1);
    else this.misses++;
    set.unshift(line);
    set.length = Math.min(set.length, this.ways);
    return at >= 0;
  }
}

function kernel() {
  // touch(a): loads a word at a + 8 and stores its sum with one there, so memory keeps a count
  const bytes = assemble([
    {
      export: 'touch',
      params: ['i32'],
      body: [
        ['local.get', 0],
        ['local.get', 0],
        ['i32.load', 8],
        ['i32.const', 1],
        ['i32.add'],
        ['i32.store', 8],
      ],
    },
  ] as never);
  return countMisses(analyse(bytes), small)!;
}

describe('countMisses', () => {
  it('counts what an LRU cache of two levels misses, and changes nothing else', () => {
    const counted = kernel();
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 400 }), (lines) => {
        const instance = new WebAssembly.Instance(new WebAssembly.Module(counted.bytes));
        const one = new Level(small.level1.bytes, small.level1.ways);
        const two = new Level(small.level2.bytes, small.level2.ways);
        const touched = new Map<number, number>();
        for (const line of lines) {
          (instance.exports.touch as (a: number) => void)(line * 64);
          if (!one.hits(line)) two.hits(line);
          touched.set(line, (touched.get(line) ?? 0) + 1);
        }
        const { level1, level2, sequential } = counted.read(instance);
        expect([level1, level2]).toEqual([one.misses, two.misses]);
        expect(sequential).toBeLessThanOrEqual(level1);
        const view = new DataView((instance.exports.memory as WebAssembly.Memory).buffer);
        for (const [line, n] of touched) expect(view.getInt32(line * 64 + 8, true)).toBe(n);
      }),
      { numRuns: 50 },
    );
  });

  it('knows lines that follow one another', () => {
    const counted = kernel();
    const instance = new WebAssembly.Instance(new WebAssembly.Module(counted.bytes));
    for (let line = 0; line < 100; line++) (instance.exports.touch as (a: number) => void)(line * 64);
    expect(counted.read(instance)).toEqual({ level1: 100, sequential: 99, level2: 100 });
  });
});
