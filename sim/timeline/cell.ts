/**
 * A battery cell: charge, open-circuit voltage over state of charge, self-discharge, age. The curve is scaled
 * so that its mean over the charge is the board's nominal voltage: capacity x nominal voltage stays the energy.
 */
import type { Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import type { Board } from '../../boards/board.ts';
import { findCell } from '../../boards/parts/index.ts';
import type { CellPart } from '../../boards/parts/fragment.ts';

type Curve = CellPart['curve'];

/** Open-circuit voltage at a state of charge: straight lines between the points of the curve. */
function voltsOf(curve: Curve, soc: number): number {
  const upper = Math.max(
    1,
    curve.findIndex(([at]) => at >= soc),
  );
  const [[s0, v0], [s1, v1]] = [curve[upper - 1]!, curve[upper]!];
  return v0 + ((v1 - v0) * (Math.min(1, Math.max(0, soc)) - s0)) / (s1 - s0);
}

/** Mean of a curve: trapezoids. */
const meanVolts = (curve: Curve): number =>
  curve
    .slice(1)
    .reduce(
      (area, [soc, volts], index) => area + ((volts + curve[index]![1]) / 2) * (soc - curve[index]![0]),
      0,
    );

const secondsPerMonth = 30 * 24 * 3600;

export class Cell {
  private readonly capacityMah: number;
  private readonly reserve: number;
  private readonly selfPerSecond: number;
  private chargeMah: number;
  private readonly curve: Curve;
  /** Nominal voltage over the mean of the curve. */
  private readonly scale: number;

  /** A full cell at one end of the board's battery numbers ("low": the weakest battery). */
  constructor(board: Board, end: keyof Estimate) {
    const { battery } = board;
    this.capacityMah = band(battery.capacityMah)[end] * band(battery.ageing)[end];
    this.reserve = 1 - band(battery.usableFraction)[end];
    const worst: { [key in keyof Estimate]: keyof Estimate } = { low: 'high', value: 'value', high: 'low' };
    this.selfPerSecond = band(battery.selfDischargePerMonth)[worst[end]] / secondsPerMonth;
    this.chargeMah = this.capacityMah;
    this.curve = findCell(battery.cell)!.curve;
    this.scale = band(battery.volts)[end] / meanVolts(this.curve);
  }

  /** State of charge, 0 to 1. */
  get soc(): number {
    return this.chargeMah / this.capacityMah;
  }

  get volts(): number {
    return voltsOf(this.curve, this.soc) * this.scale;
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
