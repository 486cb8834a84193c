import type { Pipeline, PipelineChannel } from '../pipeline/pipeline.ts';

/** Channels of each sensor of each device, in the order of the pipeline file. */
export function sensorsOf(channels: readonly Pick<PipelineChannel, 'sensor' | 'device'>[]): number[][] {
  const sensors = new Map<string, number[]>();
  channels.forEach(({ sensor, device = '' }, c) => {
    const key = JSON.stringify([device, sensor]);
    sensors.set(key, [...(sensors.get(key) ?? []), c]);
  });
  return [...sensors.values()];
}

/** Columns of the window by sensor: the channels, or one column a sensor behind "magnitude". */
export const columnsOf = (pipeline: Pick<Pipeline, 'channels' | 'preprocess'>): number[][] => {
  const sensors = sensorsOf(pipeline.channels);
  return pipeline.preprocess.some((s) => s.step === 'magnitude') ? sensors.map((_, s) => [s]) : sensors;
};
