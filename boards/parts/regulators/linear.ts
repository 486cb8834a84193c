/**
 * A linear regulator passes its load's current: what it gives over what it takes is the ratio of the voltages. Its own
 * ground current is left out (microamperes). Meant for an output below the lowest battery voltage.
 */
import { divide } from '../../../common/estimate.ts';
import { band } from '../../band.ts';
import type { RegulatorPart } from '../fragment.ts';

const limited = (end: number): number => Math.min(1, Number(end.toPrecision(6)));

export const linear: RegulatorPart = {
  id: 'linear',
  title: 'Linear regulator',
  datasheet: 'conservation of charge',
  efficiency(output, input) {
    const ratio = divide(band(output), band(input));
    return {
      value: limited(ratio.value),
      unit: '1',
      kind: 'model',
      source: `Output over input voltage of a linear regulator (${output.source}; ${input.source})`,
      low: limited(ratio.low),
      high: limited(ratio.high),
    };
  },
};
