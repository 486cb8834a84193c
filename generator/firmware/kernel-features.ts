/** What a kernel offers to its host, read off its manifest. */
import type { KernelManifest } from '../../kernel/manifest.ts';
import { sensorsOf } from '../features/sensors.ts';
import type { PipelineChannel } from '../pipeline/pipeline.ts';

/** In the order of `esc_function` in host.h. */
export const hostFunctions = [
  'reset',
  'push',
  'sample',
  'prepare',
  'model',
  'decide',
  'infer',
  'enrol',
] as const;
export type HostFunction = (typeof hostFunctions)[number];

export function hasFunction(manifest: KernelManifest, name: HostFunction): boolean {
  return name === 'reset' || manifest.entries.some((e) => e.export === name);
}

/** Sensors of all devices in the order of their numbers, each with its first channel and how many it has. */
export function sensors(manifest: KernelManifest): { name: string; first: number; channels: number }[] {
  return sensorsOf(manifest.channels as PipelineChannel[]).map((own) => {
    const { sensor, device } = manifest.channels[own[0]];
    return { name: device ? `${device} ${sensor}` : sensor, first: own[0], channels: own.length };
  });
}
