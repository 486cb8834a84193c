/** Battery cells. A new one is one file beside this one and one line here. */
import type { CellPart } from '../fragment.ts';
import { lithiumPolymer } from './lithium-polymer.ts';

export const cellParts: readonly CellPart[] = [lithiumPolymer];

export const findCell = (id: string): CellPart | undefined => cellParts.find((part) => part.id === id);
