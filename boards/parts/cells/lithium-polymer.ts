/** A lithium-polymer cell as watches and wristbands have them. No datasheet: the usual shape and figures, assumed. */
import type { CellPart } from '../fragment.ts';

export const lithiumPolymer: CellPart = {
  id: 'lithium-polymer',
  title: 'Lithium-polymer cell',
  datasheet: 'none: the usual shape of such cells',
  fields: {
    volts: {
      value: 3.7,
      unit: 'V',
      kind: 'assumed',
      source: 'Lithium polymer cell',
      low: 3.6,
      high: 3.85,
    },
    usableFraction: {
      value: 0.9,
      unit: '1',
      kind: 'assumed',
      source: 'Shutdown reserve and temperature; not measured',
      low: 0.8,
      high: 1,
    },
    selfDischargePerMonth: {
      value: 0.03,
      unit: '1/month',
      kind: 'assumed',
      source:
        'Usual figure for lithium polymer cells at room temperature with their protection circuit; not measured',
      low: 0.01,
      high: 0.08,
    },
    ageing: {
      value: 1,
      unit: '1',
      kind: 'assumed',
      source: 'Capacity of the cell over its rated one: a new cell; low end after some hundred cycles',
      low: 0.8,
      high: 1,
    },
  },
  curve: [
    [0, 3.3],
    [0.05, 3.55],
    [0.1, 3.65],
    [0.25, 3.73],
    [0.5, 3.8],
    [0.75, 3.95],
    [0.9, 4.08],
    [1, 4.2],
  ],
};
