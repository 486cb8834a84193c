/** What a kernel offers to its host, read off its manifest. */
import type { KernelManifest } from '../../kernel/manifest.ts';

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

/** Sensors in the order of their numbers, each with its first channel and how many it has. */
export function sensors(manifest: KernelManifest): { name: string; first: number; channels: number }[] {
  const found: { name: string; first: number; channels: number }[] = [];
  manifest.channels.forEach(({ sensor }, i) => {
    const last = found.find((s) => s.name === sensor);
    if (last) last.channels++;
    else found.push({ name: sensor, first: i, channels: 1 });
  });
  return found;
}
