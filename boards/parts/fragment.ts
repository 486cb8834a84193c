/**
 * A part that gives fields of a board: a CPU, a radio, a regulator, a cell. Sensors have laws of their own (`part.ts`).
 * What the board file gives itself wins over what the part gives.
 */
import type { Ratio, Volts, Battery, BoardCpu, BoardRadio } from '../board.ts';

export interface Fragment<Fields> {
  id: string;
  title: string;
  /** The document that the numbers are from. */
  datasheet: string;
  fields: Fields;
}

/** Everything but what belongs to the board: how it is clocked, what a wake-up costs, which rail feeds it. */
export type CpuPart = Fragment<Partial<Omit<BoardCpu, 'clock'>> & { clock?: Partial<BoardCpu['clock']> }>;

export type RadioPart = Fragment<Omit<BoardRadio, 'part' | 'rail'>>;

/** Efficiency may follow from the voltages on both sides. */
export interface RegulatorPart {
  id: string;
  title: string;
  datasheet: string;
  efficiency(output: Volts, input: Volts): Ratio;
}

export interface CellPart extends Fragment<Omit<Battery, 'cell' | 'capacityMah'>> {
  /** Open-circuit voltage over state of charge, rising; scaled so that its mean is the nominal voltage. */
  curve: readonly (readonly [soc: number, volts: number])[];
}
