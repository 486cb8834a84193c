/**
 * What a board file holds. It names parts and gives what they do not: a field that a named part has may be left out.
 * `schemas/board.schema.json` is generated from this type; `compose.ts` makes a `Board` of it.
 */
import type { Battery, Board, BoardCpu, BoardRadio, Rail } from './board.ts';

export interface BoardFile extends Omit<Board, 'cpu' | 'rails' | 'battery' | 'radio'> {
  cpu: CpuFile;
  /** Supply rails by name; sensors, CPU and radio refer to them. */
  rails: { [name: string]: RailFile };
  battery: BatteryFile;
  radio?: RadioFile;
}

export interface CpuFile extends Partial<Omit<BoardCpu, 'rail' | 'clock'>> {
  clock?: ClockFile;
  /** Rail that feeds the CPU. */
  rail: string;
}

export interface ClockFile extends Partial<BoardCpu['clock']> {}

export interface RailFile extends Omit<Rail, 'efficiency'>, Partial<Pick<Rail, 'efficiency'>> {}

export interface BatteryFile extends Partial<Omit<Battery, 'cell' | 'capacityMah'>> {
  /**
   * Id of a cell in `boards/parts/cells`.
   * @examples ["lithium-polymer"]
   */
  cell: string;
  capacityMah: Battery['capacityMah'];
}

export interface RadioFile extends Partial<Omit<BoardRadio, 'rail'>> {
  rail: string;
}
