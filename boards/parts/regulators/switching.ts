/** Switching regulators without a datasheet of their own: efficiencies that such parts usually have, assumed. */
import type { RegulatorPart } from '../fragment.ts';

const switching = (
  id: string,
  title: string,
  [low, value, high]: readonly [number, number, number],
): RegulatorPart => ({
  id,
  title,
  datasheet: 'none: the part is not known',
  efficiency: () => ({ value, unit: '1', kind: 'assumed', source: `${title}; not measured`, low, high }),
});

export const smallBuck = switching('small-buck', 'Small buck converter', [0.8, 0.9, 0.95]);
export const smallBoost = switching('small-boost', 'Small boost converter', [0.75, 0.85, 0.92]);
export const watchPmic = switching(
  'watch-pmic',
  'Usual efficiency of a watch power-management chip',
  [0.75, 0.85, 0.92],
);
