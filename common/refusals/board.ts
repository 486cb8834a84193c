/** Refusals ESC4xx: boards and parts. */
import { define } from './refusal.ts';

export const unknownBoard = define(
  'ESC401',
  (id: string, _closest: string | undefined, _known: readonly string[]) => `There is no board "${id}".`,
  (_id: string, closest: string | undefined, known: readonly string[]) =>
    closest === undefined
      ? `Use one of ${known.join(', ')}, or the path of a board file.`
      : `Did you mean "${closest}"? Known boards: ${known.join(', ')}; a path to a board file works too.`,
);

export const boardFileUnreadable = define(
  'ESC402',
  (path: string, reason: string) => `Board file ${path} cannot be read (${reason}).`,
  () => 'Give the path of an existing board file, or the id of a board that comes with Escapement.',
);

export const boardNotJson = define(
  'ESC403',
  (path: string, line: number, column: number, message: string) =>
    `Board file ${path} is not JSON at line ${line}, column ${column}: ${message}.`,
  () => 'Mend the syntax there; comments (// and /* */) are allowed, trailing commas are not.',
);

/** A field that the schema or a rule of boards refuses: unknown key, wrong type or unit, bad number, missing source. */
export const boardField = define(
  'ESC404',
  (path: string, field: string, problem: string, _fix: string) => `Board file ${path}, ${field}: ${problem}.`,
  (_path: string, _field: string, _problem: string, fix: string) => fix,
);

export const unknownPart = define(
  'ESC405',
  (path: string, field: string, part: string, _fix: string) =>
    `Board file ${path}, ${field}: there is no part "${part}".`,
  (_path: string, _field: string, _part: string, fix: string) => fix,
);

export const rateNotPositive = define(
  'ESC406',
  (rateHz: number) => `A sampling rate of ${rateHz} Hz is not possible.`,
  () => 'Give a positive number of samples a second, such as 25.',
);

export const impossibleSetting = define(
  'ESC407',
  (part: string, setting: string, problem: string, _fix: string) =>
    `Part ${part}, setting ${setting}: ${problem}.`,
  (_part: string, _setting: string, _problem: string, fix: string) => fix,
);

export const workloadNotFinite = define(
  'ESC408',
  (name: string, value: number) => `The workload's ${name} is ${value}.`,
  () => 'Give a number that is zero or more.',
);

export const boardWithoutPublishedClaims = define(
  'ESC409',
  (board: string) => `No published sensor-power claim belongs to board ${board}.`,
  () =>
    'Use a board whose baseline has the role "sensor-supply" and which has a PPG sensor, such as we-be-class.',
);

export const sensorMissing = define(
  'ESC410',
  (reason: string) => `A timeline needs all sensors of the pipeline: ${reason}`,
  () => 'Use a board that has the sensor, or a pipeline without it.',
);

export const scheduleBroken = define(
  'ESC411',
  (schedule: string, problem: string) => `Schedule ${schedule}: ${problem}.`,
  () => 'Give segments in seconds of the day that rise, do not overlap and end after they start.',
);

export const recordingNotRising = define(
  'ESC412',
  (index: number) => `The recording's timestamps go back at sample ${index}.`,
  () => 'Sort the recording by time.',
);

export const badBoardId = define(
  'ESC413',
  (id: string) => `"${id}" is not a board id.`,
  () => 'Use lower case, digits and dashes, such as my-board.',
);

export const boardIdTaken = define(
  'ESC414',
  (id: string) => `"${id}" is the id of a board that comes with Escapement.`,
  (id: string) => `Choose another one, such as my-${id}.`,
);

export const fileExists = define(
  'ESC415',
  (path: string) => `${path} exists already.`,
  () => 'Choose another name with --out, or add --force to replace it.',
);

export const unknownSchedule = define(
  'ESC416',
  (id: string, _closest: string | undefined, _known: readonly string[]) => `There is no workload "${id}".`,
  (_id: string, closest: string | undefined, known: readonly string[]) =>
    closest === undefined
      ? `Use one of ${known.join(', ')}, or the path of a schedule file.`
      : `Did you mean "${closest}"? Known: ${known.join(', ')}; a path to a schedule file works too.`,
);

export const scheduleUnreadable = define(
  'ESC417',
  (path: string, reason: string) => `Schedule ${path} cannot be read: ${reason}.`,
  () => 'Give a JSON file such as those in sim/timeline/schedules.',
);

export const scheduleField = define(
  'ESC418',
  (path: string, field: string, problem: string, _fix: string) => `Schedule ${path}, ${field}: ${problem}.`,
  (_path: string, _field: string, _problem: string, fix: string) => fix,
);

export const constantUnknown = define(
  'ESC419',
  (field: string) => `The board has no number at "${field}".`,
  () => 'Name a number by its path as escapement boards <board> lists it, such as baseline.mw.',
);

export const moreConstantsThanTraces = define(
  'ESC420',
  (constants: number, traces: number) =>
    `${constants} constants cannot be told apart by ${traces} ${traces === 1 ? 'measurement' : 'measurements'}.`,
  () => 'Fit fewer --constants, or measure at more rates.',
);

export const constantUndetermined = define(
  'ESC421',
  (field: string) => `The measurements do not determine ${field}: no positive value gives them.`,
  () => 'Choose other --constants, or check rate, voltage and what was running in each measurement.',
);

export const badObservation = define(
  'ESC422',
  (text: string) => `"${text}" does not name a measurement and its rate.`,
  () => 'Give for example --sensing run.ppk2@25 for a measurement with the sensors on at 25 Hz.',
);

export const nothingMeasured = define(
  'ESC423',
  () => 'No measurement was given to fit to.',
  () => 'Give --idle <file>, --sensing <file>@<rate>, or both.',
);

export const faultsUnreadable = define(
  'ESC424',
  (path: string, reason: string) => `Fault file ${path} cannot be read: ${reason}.`,
  () => 'Give a JSON file such as the one in docs/power.md.',
);

export const faultField = define(
  'ESC425',
  (path: string, field: string, problem: string, _fix: string) => `Fault file ${path}, ${field}: ${problem}.`,
  (_path: string, _field: string, _problem: string, fix: string) => fix,
);
