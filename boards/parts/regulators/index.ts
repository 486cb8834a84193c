/** Regulators. A new one is one file beside this one and one line here. */
import type { RegulatorPart } from '../fragment.ts';
import { linear } from './linear.ts';
import { smallBoost, smallBuck, watchPmic } from './switching.ts';

export const regulatorParts: readonly RegulatorPart[] = [linear, smallBoost, smallBuck, watchPmic];
