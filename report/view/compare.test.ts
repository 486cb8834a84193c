import { describe, expect, it } from 'vitest';
import { fixtureReport } from '../testing/fixture.ts';
import { claimsOf } from './claims.ts';
import { savingsOf } from './savings.ts';
import { speedUp } from './speed-up.ts';

const [pulse, deepauth] = fixtureReport().systems;

describe('savingsOf', () => {
  it('stands beside the published pairs on the board they were measured on', () => {
    const savings = savingsOf(pulse!, pulse!.variants[0]!, 'we-be-class');
    // The fixture's sensor draws 6.12 + 0.01504 f mW: 6.496 at 25 Hz, 8.04512 at 128 Hz, 13.82048 at 512 Hz.
    expect(savings.map(({ saved }) => Number(saved.toFixed(4)))).toEqual([0.53, 0.1926, 0.0116]);
    expect(savings.map(({ published }) => published)).toEqual([
      '53 %, fitted',
      '19 %, fitted',
      '"only trivial additional power savings", check',
    ]);
  });

  it('claims nothing for another board', () => {
    expect(savingsOf(pulse!, pulse!.variants[0]!, 'moto-360-sport')).toMatchObject([
      { fromHz: 512, toHz: 20 },
    ]);
    expect(savingsOf(pulse!, pulse!.variants[0]!, 'moto-360-sport')[0]).not.toHaveProperty('published');
  });

  it('says nothing of a board without the sensor', () => {
    expect(savingsOf(pulse!, pulse!.variants[0]!, 'sony-smartwatch-3')).toEqual([]);
  });
});

describe('speedUp', () => {
  it('compares the parallel variant with all others, board by board', () => {
    const found = speedUp(deepauth!, 'wasm2c', 25)!;
    expect(found.parallel.id).toBe('sub128');
    expect(found.rows.map((row) => row.coresUsed)).toEqual([2, 1, 2, 2, 1]);
    const [sony] = found.rows;
    for (const { ratio, result } of sony!.others)
      expect(ratio).toBeCloseTo(result.latencyMs.value / sony!.parallel.latencyMs.value, 12);
    expect(found.claims.get('rnn128')).toMatchObject({ published: 'up to 10x', arithmetic: '5-8x' });
    expect(found.claims.get('rnn64')).toMatchObject({ published: '3-4x', arithmetic: '2-3x' });
  });

  it('has nothing to say of a system without branches', () => {
    expect(speedUp(pulse!, 'wasm2c', 25)).toBeUndefined();
  });
});

describe('claimsOf', () => {
  it("knows no claims of a system of one's own", () => {
    expect(claimsOf('mine')).toBeUndefined();
    expect(claimsOf('constructor')).toBeUndefined();
  });
});
