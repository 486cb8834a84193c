/**
 * What a sensor part draws at a wanted rate: the law of its datasheet (boards/parts), fed by the board's rails.
 * Power here is what the part takes from its rails; regulator losses are added by sim/power.
 */
import { exact, scale, sum, times, type Estimate } from '../../common/estimate.ts';
import { impossibleSetting, rateNotPositive } from '../../common/refusals/board.ts';
import type { SourceKind } from '../../common/sourced.ts';
import { band } from '../../boards/band.ts';
import type { Board, ImuSettings, PartReference, PpgSettings, SensorName } from '../../boards/board.ts';
import { findImuPart, findPpgPart } from '../../boards/parts/index.ts';
import type { ImuPart, Part, PpgPart } from '../../boards/parts/part.ts';
import { meetsRate } from '../../boards/parts/rates.ts';

export interface SensorPower {
  part: string;
  parts: SensorPartPower[];
  /** Samples a second that the part takes. */
  actualRateHz: number;
  /** False when the part cannot reach the wanted rate. */
  meetsRate: boolean;
  /** Samples (frames of all channels) that wait in the part or the board's sensor hub before the CPU must wake. */
  fifoFrames: Estimate;
  notes: string[];
}

export interface SensorPartPower {
  /** e.g. "sensor led", "sensor front end", "sensor imu". */
  name: string;
  /** Name of the board's rail, or the supply pin when no board is given. */
  rail: string;
  mw: Estimate;
  kind: SourceKind;
  source: string;
  /** Where the power comes in one pulse a sample: its period and how long it is on, in seconds. */
  pulse?: { periodS: number; onS: number };
}

/** How a board feeds a part; without it the datasheet's own supply voltages are used. */
export interface Feeding {
  board: Board;
  reference: PartReference;
  /** Takes the constants of the part's law as exact: what is left of the band comes from the board. */
  exactLaw?: boolean;
  /** Leaves out whether the part has these settings: a fit tries values beyond them on its way. */
  unchecked?: boolean;
}

/**
 * Power of a part at `rateHz` samples a second for the sensors read (an IMU may be read in part).
 * Refuses a rate that is not positive (ESC406) and settings that the part does not have (ESC407).
 */
export function sensorPower<Settings extends PpgSettings | ImuSettings>(
  part: Part<Settings>,
  settings: Settings,
  rateHz: number,
  sensors: readonly SensorName[] = part.kind === 'ppg' ? ['ppg'] : ['accelerometer', 'gyroscope'],
  feeding?: Feeding,
): SensorPower {
  if (!(rateHz > 0) || !Number.isFinite(rateHz)) throw rateNotPositive(rateHz);
  const [problem] = feeding?.unchecked ? [] : part.check(settings);
  if (problem) throw impossibleSetting(part.id, problem.setting, problem.problem, problem.fix);

  const run = part.run({ sensors, rateHz, settings });
  const likeness = feeding ? band(feeding.reference.likeness) : { value: 1, low: 1, high: 1 };
  const likenessAssumed = feeding?.reference.likeness.kind === 'assumed';
  const parts = run.draws.map((draw): SensorPartPower => {
    const rail = feeding?.reference.supplies[draw.pin] ?? draw.pin;
    const supply = feeding?.board.rails[rail]?.volts ?? part.supplies[draw.pin]!;
    // An LED's current rests on the settings alone, no constant of the law is in it.
    const currentUa =
      feeding?.exactLaw && draw.pulseUs === undefined ? exact(draw.currentUa.value) : draw.currentUa;
    return {
      name: `sensor ${draw.name}`,
      rail,
      mw: scale(times(times(currentUa, band(supply)), likeness), 1e-3),
      kind: likenessAssumed ? 'assumed' : draw.kind,
      source: likenessAssumed
        ? `${draw.source}; standing in: ${feeding.reference.likeness.source}`
        : draw.source,
      ...(draw.pulseUs === undefined
        ? {}
        : { pulse: { periodS: 1 / run.actualRateHz, onS: draw.pulseUs * 1e-6 } }),
    };
  });
  return {
    part: part.id,
    parts,
    actualRateHz: run.actualRateHz,
    meetsRate: meetsRate(run.actualRateHz, rateHz),
    fifoFrames: feeding?.reference.hubSamples ? band(feeding.reference.hubSamples) : run.fifoFrames,
    notes: run.notes,
  };
}

/**
 * The parts that a pipeline's sensors need on a board; sensors that the board does not have are left out. The laws of the
 * parts named in `exactLaws` are taken as exact.
 */
export function boardSensorPower(
  board: Board,
  sensors: readonly SensorName[],
  rateHz: number,
  { exactLaws = [], unchecked = false }: { exactLaws?: readonly string[]; unchecked?: boolean } = {},
): SensorPower[] {
  const runs: SensorPower[] = [];
  const feeding = (reference: PartReference): Feeding => ({
    board,
    reference,
    exactLaw: exactLaws.includes(reference.part),
    unchecked,
  });
  const { ppg, imu } = board.sensors;
  if (ppg && sensors.includes('ppg')) {
    const part: PpgPart = findPpgPart(ppg.part)!;
    runs.push(sensorPower(part, ppg.settings, rateHz, ['ppg'], feeding(ppg)));
  }
  const motion = sensors.filter((sensor) => sensor !== 'ppg');
  if (imu && motion.length > 0) {
    const part: ImuPart = findImuPart(imu.part)!;
    runs.push(sensorPower(part, imu.settings, rateHz, motion, feeding(imu)));
  }
  return runs;
}

export const totalMw = (runs: readonly SensorPower[]): Estimate =>
  sum(runs.flatMap((run) => run.parts.map((part) => part.mw)));
