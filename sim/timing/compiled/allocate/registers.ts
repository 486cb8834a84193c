/** The core registers as regions are coloured with them, and what gcc takes code around them to cost. */
import { coreFile, firstSavedOf } from './files.ts';

export const registersInAll = coreFile.size;
export const firstSaved = firstSavedOf(coreFile);
export const allocationOrder = coreFile.order;
/** A load or a store (arm_memory_move_cost), and a move. */
export const memoryCost = 10;
export const moveCost = 2;
