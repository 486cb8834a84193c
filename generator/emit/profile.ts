import { kernelRefusals } from '../../common/refusals/index.ts';
import type { KernelManifest } from '../../kernel/manifest.ts';

/**
 * For whom the code of a kernel is shaped. All profiles give the same bits.
 *
 *   aot     for compiled runtimes: four rows share each loaded input, sums in registers
 *   interp  for interpreters: fewest executed operators; inputs in locals, sums on the operand stack
 *   host    WebAssembly SIMD, for evaluation on a computer; not flashable
 */
export type Profile = KernelManifest['profile'];

export const profiles: readonly Profile[] = ['aot', 'interp', 'host'];

/** Throws ESC320. */
export function parseProfile(text: string): Profile {
  const found = profiles.find((profile) => profile === text);
  if (!found) throw kernelRefusals.unknownProfile(text, profiles);
  return found;
}
