/**
 * A sensor part: what its datasheet says about rate and current. One file a part, one line in `index.ts`.
 * A part knows nothing of boards: a board refers to it, names the rails that feed it and its settings.
 */
import type { Estimate } from '../../common/estimate.ts';
import type { Sourced, SourceKind } from '../../common/sourced.ts';
import type { ImuSettings, PpgSettings, SensorName } from '../board.ts';

export interface Part<Settings = PpgSettings | ImuSettings> {
  id: string;
  title: string;
  /** The document whose tables the law follows. */
  datasheet: string;
  kind: 'ppg' | 'imu';
  /** Supply pins with the voltage that the datasheet's currents were taken at. */
  supplies: { [pin: string]: Sourced<'V'> };
  /** Every constant that the law uses. */
  numbers: { [name: string]: Sourced };
  /** What the part cannot be set to; empty when the settings are possible. */
  check(settings: Settings): SettingProblem[];
  /** The rate the part really runs at for a wanted rate, and what it draws then. */
  run(request: PartRequest<Settings>): PartRun;
}

export type PpgPart = Part<PpgSettings> & { kind: 'ppg' };
export type ImuPart = Part<ImuSettings> & { kind: 'imu' };
export type AnyPart = PpgPart | ImuPart;

export interface SettingProblem {
  setting: string;
  problem: string;
  fix: string;
}

export interface PartRequest<Settings> {
  /** Sensors of this part that the pipeline reads. */
  sensors: readonly SensorName[];
  rateHz: number;
  settings: Settings;
}

export interface PartRun {
  /** Samples a second that the part takes; the host resamples to the wanted rate when it is another one. */
  actualRateHz: number;
  /** Average currents by supply pin. */
  draws: Draw[];
  /** Samples (frames of all channels) that the part can hold before the host must read it. */
  fifoFrames: Estimate;
  notes: string[];
}

export interface Draw {
  /** e.g. "led", "front end", "imu". */
  name: string;
  /** Key of `Part.supplies`. */
  pin: string;
  currentUa: Estimate;
  kind: SourceKind;
  source: string;
  /** The current is the mean of one pulse a sample that is on for this long; absent: it flows all the time. */
  pulseUs?: number;
}
