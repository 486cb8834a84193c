/** Each sensor becomes one column, the length of its vector. Works on frames as they arrive, before everything else. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { sensorsOf } from '../features/sensors.ts';
import type { StepDefinition } from './step.ts';

/** Squares of this many axes of 30 bits fit 63 bits with room to spare. */
const MAX_AXES = 4;

export const magnitude: StepDefinition<'magnitude'> = {
  step: 'magnitude',
  check(_, { where, before, pipeline }) {
    if (before.length > 0)
      throw pipelineRefusals.misplacedStep(
        where,
        'magnitude',
        'takes samples as they arrive and comes first',
      );
    const after = pipeline.preprocess[1];
    if (after?.step !== 'movingAverage' && after?.step !== 'features')
      throw pipelineRefusals.misplacedStep(
        where,
        'magnitude',
        'needs "movingAverage" or "features" behind it',
      );
    for (const sensor of sensorsOf(pipeline.channels)) {
      const axes = sensor.map((c) => pipeline.channels[c]);
      const [first] = axes;
      if (sensor.at(-1)! - sensor[0] !== sensor.length - 1)
        throw pipelineRefusals.scatteredSensor(where, first.sensor);
      if (axes.length > MAX_AXES || axes.some(({ lsb, unit }) => lsb !== first.lsb || unit !== first.unit))
        throw pipelineRefusals.mixedSensor(where, first.sensor);
    }
  },
  lower(_, path) {
    path.magnitude = true;
  },
  combine: (_, streams, sensors) =>
    sensors.map((sensor) =>
      streams[sensor[0]].map((_, t) => Math.sqrt(sensor.reduce((sum, c) => sum + streams[c][t] ** 2, 0))),
    ),
};
