import type { KernelManifest, ManifestBlockEntry } from '../../kernel/manifest.ts';
import { names } from '../stages/part.ts';

/** What enrolment learns and a host has to keep over a power cut, in the order of the memory. */
export function templateBlocks(manifest: KernelManifest): ManifestBlockEntry[] {
  const wanted: readonly string[] = [names.template, names.count];
  return manifest.blocks
    .filter((b) => b.kind === 'state' && wanted.includes(b.name))
    .sort((a, b) => a.address - b.address);
}
