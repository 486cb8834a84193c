import type { PipelineChannel } from '../pipeline/pipeline.ts';

/** Channels of each sensor, in the order of the pipeline file. */
export function sensorsOf(channels: readonly Pick<PipelineChannel, 'sensor'>[]): number[][] {
  const sensors = new Map<string, number[]>();
  channels.forEach(({ sensor }, c) => sensors.set(sensor, [...(sensors.get(sensor) ?? []), c]));
  return [...sensors.values()];
}
