/** Code for values that live on the stack. */
import { instruction, type Machine } from '../machine.ts';

export const reload = (to: number, origin: Machine['origin'], slot: number, float = false): Machine =>
  instruction('load', float ? 'vldr [sp]' : 'ldr [sp]', origin, { defs: [to], wide: float ? 1 : 0.5, slot });

export const keep = (from: number, origin: Machine['origin'], slot: number, float = false): Machine =>
  instruction('store', float ? 'vstr [sp]' : 'str [sp]', origin, {
    uses: [from],
    wide: float ? 1 : 0.5,
    slot,
  });
