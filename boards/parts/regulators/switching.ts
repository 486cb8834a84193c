/** Switching regulators without a datasheet of their own: efficiencies that such parts usually have, assumed. */
import type { RegulatorPart } from '../fragment.ts';

const switching = (
  id: string,
  title: string,
  [low, value, high]: readonly [number, number, number],
  source: string,
): RegulatorPart => ({
  id,
  title,
  datasheet: 'none: the part is not known',
  efficiency: () => ({
    value,
    unit: '1',
    kind: 'assumed',
    source: `${title}: ${source}; not measured on this board`,
    low,
    high,
  }),
});

export const smallBuck = switching(
  'small-buck',
  'Small buck converter',
  [0.8, 0.9, 0.95],
  'TI SLYY203B: the TPS63900 stays above 80 % over six decades of load and peaks at 96 %',
);
export const smallBoost = switching(
  'small-boost',
  'Small boost converter',
  [0.75, 0.85, 0.92],
  'TI SLEA004, table 2: 85.6 to 86.3 % measured with a TPS61040 that feeds LEDs with 20 mA; less at light load',
);
export const watchPmic = switching(
  'watch-pmic',
  'Usual efficiency of a watch power-management chip',
  [0.75, 0.85, 0.92],
  'no figure of a watch was found; as small converters',
);
