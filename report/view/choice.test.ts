import { describe, expect, it } from 'vitest';
import { fixtureReport } from '../testing/fixture.ts';
import { defaultChoice, headlineRate, recommend } from './choice.ts';
import { resultsAt } from './select.ts';

const report = () => fixtureReport().systems;

describe('defaultChoice', () => {
  it("opens with the paper's board and rate where there are such", () => {
    expect(defaultChoice(report()[0]!)).toEqual({
      variant: 'bilstm',
      board: 'we-be-class',
      runtime: 'wasm2c-unchecked',
      rateHz: 25,
    });
  });

  it('opens with the parallel variant on the board where most passes, at least power', () => {
    expect(defaultChoice(report()[1]!)).toEqual({
      variant: 'sub128',
      board: 'sony-smartwatch-3',
      runtime: 'wasm2c',
      rateHz: 25,
    });
  });

  it('has nothing to open with when nothing was simulated', () => {
    expect(defaultChoice({ name: 'x', title: 'x', rates: [], variants: [] })).toBeUndefined();
  });
});

describe('headlineRate', () => {
  it('is the trained rate with the lowest EER for a system without a paper, else the lowest rate', () => {
    const system = { ...report()[0]!, name: 'mine' };
    const variant = system.variants[0]!;
    // 20 Hz has an EER of 24.94 %, 25 Hz of 24.86 %.
    expect(headlineRate(system, variant)).toBe(25);
    const untrained = { ...variant, results: variant.results.map((r) => ({ ...r, accuracy: null })) };
    expect(headlineRate(system, untrained)).toBe(20);
  });
});

describe('recommend', () => {
  const at = (board: string, rateHz: number) => resultsAt(report()[0]!.variants[0]!, { board, rateHz });

  it('prefers bounds checks among those that pass, speed among those that fail', () => {
    expect(recommend(at('moto-360-sport', 25))!.runtime).toBe('wasm2c');
    expect(recommend(at('we-be-class', 512))!.runtime).toBe('wasm2c-unchecked');
  });

  it('takes the narrower band of two equals', () => {
    const [first] = at('moto-360-sport', 25).filter((r) => r.runtime === 'wasm2c');
    const wide = { ...first!, runtime: 'wamr-aot', latencyMs: { ...first!.latencyMs, high: 400 } };
    expect(recommend([wide, first!])!.runtime).toBe('wasm2c');
  });

  it('is undefined for nothing', () => {
    expect(recommend([])).toBeUndefined();
  });
});
