/**
 * A lithium-polymer cell: charge, open-circuit voltage over state of charge, self-discharge, age. The curve is scaled
 * so that its mean over the charge is the board's nominal voltage: capacity x nominal voltage stays the energy.
 */
import type { Sourced } from '../../common/sourced.ts';
import type { Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import type { Board } from '../../boards/board.ts';

export const cellNumbers = {
  selfDischarge: {
    value: 0.03,
    unit: '1/month',
    kind: 'assumed',
    source:
      'Usual figure for lithium polymer cells at room temperature with their protection circuit; not measured',
    low: 0.01,
    high: 0.08,
  },
  ageing: {
    value: 1,
    unit: '1',
    kind: 'assumed',
    source: 'Capacity of the cell over its rated one: a new cell; low end after some hundred cycles',
    low: 0.8,
    high: 1,
  },
} satisfies { [name: string]: Sourced };

/** Open-circuit voltage over state of charge: the usual shape of a lithium-polymer cell, assumed. */
const curve: readonly (readonly [soc: number, volts: number])[] = [
  [0, 3.3],
  [0.05, 3.55],
  [0.1, 3.65],
  [0.25, 3.73],
  [0.5, 3.8],
  [0.75, 3.95],
  [0.9, 4.08],
  [1, 4.2],
];

const shape = (soc: number): number => {
  const upper = Math.max(
    1,
    curve.findIndex(([at]) => at >= soc),
  );
  const [[s0, v0], [s1, v1]] = [curve[upper - 1]!, curve[upper]!];
  return v0 + ((v1 - v0) * (Math.min(1, Math.max(0, soc)) - s0)) / (s1 - s0);
};

/** Mean of the curve: trapezoids. */
const meanVolts = curve
  .slice(1)
  .reduce(
    (area, [soc, volts], index) => area + ((volts + curve[index]![1]) / 2) * (soc - curve[index]![0]),
    0,
  );

const secondsPerMonth = 30 * 24 * 3600;

export class Cell {
  private readonly capacityMah: number;
  private readonly nominalVolts: number;
  private readonly reserve: number;
  private readonly selfPerSecond: number;
  private chargeMah: number;

  /** A full cell at one end of the board's battery numbers ("low": the weakest battery). */
  constructor(board: Board, end: keyof Estimate) {
    const { battery } = board;
    this.capacityMah = band(battery.capacityMah)[end] * band(cellNumbers.ageing)[end];
    this.nominalVolts = band(battery.volts)[end];
    this.reserve = 1 - band(battery.usableFraction)[end];
    const worst: { [key in keyof Estimate]: keyof Estimate } = { low: 'high', value: 'value', high: 'low' };
    this.selfPerSecond = band(cellNumbers.selfDischarge)[worst[end]] / secondsPerMonth;
    this.chargeMah = this.capacityMah;
  }

  /** State of charge, 0 to 1. */
  get soc(): number {
    return this.chargeMah / this.capacityMah;
  }

  get volts(): number {
    return (shape(this.soc) * this.nominalVolts) / meanVolts;
  }

  /** True once only the reserve is left: the board shuts down. */
  get empty(): boolean {
    return this.soc <= this.reserve;
  }

  /** Takes energy out over a time; self-discharge goes on beside it. */
  drain(microjoules: number, seconds: number): void {
    const milliampHours = microjoules / this.volts / 3.6e6;
    const leaked = this.capacityMah * this.selfPerSecond * seconds;
    this.chargeMah = Math.max(0, this.chargeMah - milliampHours - leaked);
  }
}
