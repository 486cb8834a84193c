/**
 * A lithium-polymer cell as watches and wristbands have them. The cell itself is not known: figures of like cells, assumed.
 */
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
      source:
        'Nominal voltage of such cells, e.g. GMB371042 (105 mAh, gmbattery.com) and 721235 (240 mAh, ecmos.com.tw); range: voltage as delivered of the first',
      low: 3.6,
      high: 3.85,
    },
    usableFraction: {
      value: 0.9,
      unit: '1',
      kind: 'assumed',
      source:
        'Capacity is rated down to 2.75 V (ainbattery.com, 80 mAh) or 3.0 V (721235): a board that shuts down at 3.3 to 3.5 V leaves some; cold takes more; not measured',
      low: 0.8,
      high: 1,
    },
    selfDischargePerMonth: {
      value: 0.03,
      unit: '1/month',
      kind: 'assumed',
      source:
        'Storage loss at room temperature; high end: 5 to 9 % a month for Li-ion cells (jyh-battery.com); not measured',
      low: 0.01,
      high: 0.09,
    },
    ageing: {
      value: 1,
      unit: '1',
      kind: 'assumed',
      source:
        'Capacity of the cell over its rated one: a new cell; low end: about 80 % after 500 cycles (exa.com.tw, characteristics of lithium polymer cells)',
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
