import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designBandpass } from './butterworth.ts';

const models = new URL('../../../shared/models/', import.meta.url);
const trained = [
  'pulse/20hz',
  'pulse/25hz',
  'pulse/50hz',
  'pulse/100hz',
  'pulse-wrist/20hz',
  'pulse-wrist/25hz',
  'pulse-wrist/64hz',
];

/** scipy 1.17.1: butter(2, [low, high], 'bandpass', fs=rate, output='sos'). */
const scipy: [number, number, number, number[][]][] = [
  [
    20,
    0.5,
    8,
    [
      [
        0.5690355937288492, 1.1380711874576983, 0.5690355937288492, 1.0, 1.1331479044035206,
        0.4159611391359477,
      ],
      [1.0, -2.0, 1.0, 1.0, -1.7780577883453967, 0.8013569104694437],
    ],
  ],
  [
    25,
    0.5,
    8,
    [
      [
        0.39133577250176854, 0.7826715450035371, 0.39133577250176854, 1.0, 0.48628855869959664,
        0.23359467496937325,
      ],
      [1.0, -2.0, 1.0, 1.0, -1.822637460649339, 0.8382713034083783],
    ],
  ],
  [
    50,
    0.5,
    8,
    [
      [
        0.13110643991662593, 0.26221287983325187, 0.13110643991662593, 1.0, -0.7424725560571979,
        0.29711776735931905,
      ],
      [1.0, -2.0, 1.0, 1.0, -1.9119834584239153, 0.9161853239015632],
    ],
  ],
  [
    64,
    0.5,
    8,
    [
      [
        0.08782128175913716, 0.17564256351827431, 0.08782128175913716, 1.0, -1.012907810080158,
        0.3812299255899,
      ],
      [1.0, -2.0, 1.0, 1.0, -1.9313722221004264, 0.9339700606888777],
    ],
  ],
  [
    100,
    0.5,
    8,
    [
      [
        0.041253537241720324, 0.08250707448344065, 0.041253537241720324, 1.0, -1.3658733439558506,
        0.5369260460749358,
      ],
      [1.0, -2.0, 1.0, 1.0, -1.9561871343633086, 0.9572675752592231],
    ],
  ],
  [
    128,
    0.5,
    8,
    [
      [
        0.026707072138339873, 0.053414144276679745, 0.026707072138339873, 1.0, -1.5046641421275373,
        0.6149007175769087,
      ],
      [1.0, -2.0, 1.0, 1.0, -1.9658029964701997, 0.9664661262488626],
    ],
  ],
  [
    512,
    0.5,
    8,
    [
      [
        0.001987149049544029, 0.003974298099088058, 0.001987149049544029, 1.0, -1.877367263991713,
        0.8854681578154163,
      ],
      [1.0, -2.0, 1.0, 1.0, -1.9914706252321772, 0.9915126524998699],
    ],
  ],
  [
    512,
    0.05,
    5,
    [
      [
        0.0008842654548057839, 0.0017685309096115679, 0.0008842654548057839, 1.0, -1.9149359525418337,
        0.9184756526361604,
      ],
      [1.0, -2.0, 1.0, 1.0, -1.999132597107796, 0.9991329809589864],
    ],
  ],
  [
    25,
    4,
    12,
    [
      [
        0.43473934828474653, -0.8694786965694931, 0.43473934828474653, 1.0, -0.6459213069225574,
        0.2621180047503088,
      ],
      [1.0, 2.0, 1.0, 1.0, 1.8225141002478435, 0.8379965509158173],
    ],
  ],
  [
    20,
    0.5,
    9.99,
    [
      [
        0.8928716768836642, -1.7857433537673284, 0.8928716768836642, 1.0, -1.7786266103118378,
        0.8008029306194187,
      ],
      [1.0, 2.0, 1.0, 1.0, 1.9955571221841373, 0.995566972339156],
    ],
  ],
  [
    104.4,
    10,
    45,
    [
      [
        0.46962671833922237, -0.9392534366784447, 0.46962671833922237, 1.0, -1.158312928342636,
        0.4416609218507716,
      ],
      [1.0, 2.0, 1.0, 1.0, 1.3905247271713006, 0.5518373339055822],
    ],
  ],
  [
    200,
    60,
    99,
    [
      [
        0.19854104972200673, -0.39708209944401346, 0.19854104972200673, 1.0, 0.3968774071033825,
        0.21009479217328902,
      ],
      [1.0, 2.0, 1.0, 1.0, 1.9556207312235758, 0.95662780531679],
    ],
  ],
  [
    25,
    0.1,
    0.2,
    [
      [
        0.00015514842347569906, 0.0003102968469513981, 0.00015514842347569906, 1.0, -1.9759604861907594,
        0.9780404444601452,
      ],
      [1.0, -2.0, 1.0, 1.0, -1.985996055740145, 0.9867497600590904],
    ],
  ],
];

function expectEqual(found: number[][], expected: number[][]): void {
  expect(found.map((s) => s.length)).toEqual(expected.map((s) => s.length));
  found.flat().forEach((v, i) => expect(Math.abs(v - expected.flat()[i])).toBeLessThan(1e-12));
}

describe('designBandpass', () => {
  it.each(scipy)('equals scipy at %d Hz, %d to %d Hz', (rateHz, lowHz, highHz, sos) => {
    expectEqual(designBandpass(rateHz, lowHz, highHz), sos);
  });

  it.skipIf(!existsSync(models)).each(trained)(
    'equals the filter that %s was trained behind (needs ../shared)',
    (id) => {
      const meta = JSON.parse(readFileSync(new URL(`${id}/meta.json`, models), 'utf8')) as {
        rate_hz: number;
        filter: { low_hz: number; high_hz: number; sos: number[][] };
      };
      expectEqual(designBandpass(meta.rate_hz, meta.filter.low_hz, meta.filter.high_hz), meta.filter.sos);
    },
  );

  it('has gain 1/sqrt 2 at both edges, none at 0 and half the rate, and is stable', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 10, max: 1000, noNaN: true }),
        fc.double({ min: 0.01, max: 0.4, noNaN: true }),
        fc.double({ min: 1.5, max: 20, noNaN: true }),
        (rateHz, lowShare, ratio) => {
          const lowHz = (lowShare * rateHz) / 2;
          const highHz = Math.min(lowHz * ratio, 0.49 * rateHz);
          const sos = designBandpass(rateHz, lowHz, highHz);
          for (const edge of [lowHz, highHz]) expect(gain(sos, edge / rateHz)).toBeCloseTo(Math.SQRT1_2, 6);
          for (const stop of [0, 0.5]) expect(gain(sos, stop)).toBeLessThan(1e-9);
          for (const [, , , , a1, a2] of sos) {
            expect(Math.abs(a2)).toBeLessThan(1);
            expect(Math.abs(a1)).toBeLessThan(1 + a2);
          }
        },
      ),
    );
  });
});

/** |H(exp(2 pi j f))| */
function gain(sos: number[][], f: number): number {
  const size = (c: number[]) =>
    Math.hypot(
      c.reduce((sum, v, k) => sum + v * Math.cos(2 * Math.PI * f * k), 0),
      c.reduce((sum, v, k) => sum - v * Math.sin(2 * Math.PI * f * k), 0),
    );
  return sos.reduce((product, s) => (product * size(s.slice(0, 3))) / size(s.slice(3)), 1);
}
