/**
 * For whom the code of a kernel is shaped. All profiles give the same bits.
 *
 *   aot     for compiled runtimes: four rows share each loaded input, sums in registers
 *   interp  for interpreters: fewest executed operators; inputs in locals, sums on the operand stack
 *   host    WebAssembly SIMD, for evaluation on a computer; not flashable
 */
export type Profile = 'aot' | 'interp' | 'host';

export const profiles: readonly Profile[] = ['aot', 'interp', 'host'];
