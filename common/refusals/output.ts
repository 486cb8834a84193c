/** Refusals ESC45x: files that other tools write and read. */
import { define } from './refusal.ts';

export const unknownCurrentTrace = define(
  'ESC450',
  (name: string) =>
    `${name} is neither a .ppk2 file nor a CSV with the columns Timestamp(ms) and Current(uA).`,
  () =>
    'Save the measurement as .ppk2, or export it as CSV with timestamp and current, in the Power Profiler app.',
);

export const brokenCurrentTrace = define(
  'ESC451',
  (name: string, problem: string) => `The measurement ${name} is damaged: ${problem}.`,
  () => 'Save it again from the Power Profiler app.',
);

export const emptyCurrentTrace = define(
  'ESC452',
  (name: string) => `The measurement ${name} holds no sample.`,
  () => 'Record at least a few seconds.',
);

export const badTraceLength = define(
  'ESC453',
  (option: string, text: string, range: string) => `${option} wants ${range}, got "${text}".`,
  (option: string) => `Give for example ${option} ${option === '--ppk-rate' ? 10000 : 20}.`,
);

export const tooManySamples = define(
  'ESC454',
  (seconds: number, samplesPerSecond: number) =>
    `${seconds} s at ${samplesPerSecond} samples a second are more than a file should hold.`,
  () => 'Give a lower --ppk-rate or fewer --trace-seconds.',
);

export const measurementUnreadable = define(
  'ESC455',
  (path: string, reason: string) => `The measurement ${path} cannot be read (${reason}).`,
  () => 'Give the path of a .ppk2 file or of a CSV that the Power Profiler app exported.',
);
