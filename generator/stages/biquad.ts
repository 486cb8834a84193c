/** A filter given as second-order sections. It belongs to one sampling rate. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { filterFloat } from './filter-float.ts';
import { filterFormat } from './filter-format.ts';
import { refuseAfterZscore } from './order.ts';
import { DIFFERENCE_LIMIT } from './raw-count.ts';
import type { StepDefinition } from './step.ts';

export const biquad: StepDefinition<'biquad'> = {
  step: 'biquad',
  check({ sos }, context) {
    const { where, ratesHz } = context;
    if (sos.length === 0) throw pipelineRefusals.emptyList(`${where}.sos`, 'section');
    sos.forEach((section, i) => {
      const why = fault(section);
      if (why) throw pipelineRefusals.badSection(`${where}.sos[${i}]`, why);
    });
    refuseAfterZscore('biquad', context);
    if (ratesHz.length > 1) throw pipelineRefusals.filterOfOneRate(where, ratesHz);
    filterFormat(sos, DIFFERENCE_LIMIT, where);
  },
  lower: ({ sos }, path) => void path.sections.push(...sos),
  stream: ({ sos }, samples) => filterFloat(sos, samples),
};

function fault(section: readonly number[]): string | undefined {
  if (section.length !== 6) return `it has ${section.length} numbers instead of 6`;
  if (!section.every(Number.isFinite)) return 'not all of it is finite';
  const [b0, b1, b2, a0, a1, a2] = section;
  if (a0 !== 1) return `its fourth number is ${a0} instead of 1`;
  if (b0 === 0 && b1 === 0 && b2 === 0) return 'its output is always 0';
  // Stability triangle of z^2 + a1 z + a2.
  if (!(Math.abs(a2) < 1 && Math.abs(a1) < 1 + a2)) return 'it is unstable';
  return undefined;
}
