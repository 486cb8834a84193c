/**
 * A day of use as a JSON file: when the sensors run and decisions are made, by the clock. `schemas/schedule.schema.json` is
 * generated from this type; `schedules/` holds the days that come with Escapement.
 */
import type { Segment, Schedule } from './schedule.ts';

export interface ScheduleFile {
  $schema?: string;
  /** Lower case with dashes. */
  id: string;
  /** One line for reports. */
  title: string;
  /** Where the day comes from; most are assumed. */
  source: string;
  /** Sent by radio after each decision, where the application does. */
  bytesPerDecision?: number;
  /** In order of time; they do not overlap. */
  segments: SegmentFile[];
}

export interface SegmentFile {
  label: string;
  /**
   * Start by the clock, 24 hours.
   * @pattern ^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$
   */
  from: string;
  /** Length. */
  minutes: number;
  /** `every-hop`: a decision each hop once a window is full. `one`: one decision when the window is full, then off. */
  decisions: 'every-hop' | 'one';
  /** The segment goes on from before: its first window is full at the start. */
  warm?: boolean;
  /** The first windows of the segment enrol instead of deciding. */
  enrolWindows?: number;
  /** The segment comes this many times in all, so far apart. */
  repeat?: { everyMinutes: number; times: number };
}

/** Writes repetitions and clock times out as seconds of the day. */
export const scheduleOf = ({ id, title, source, bytesPerDecision, segments }: ScheduleFile): Schedule => ({
  id,
  title,
  source,
  ...(bytesPerDecision === undefined ? {} : { bytesPerDecision }),
  segments: segments.flatMap(repeated),
});

function repeated({ from, minutes, repeat, ...rest }: SegmentFile): Segment[] {
  const startS = secondsOf(from);
  return Array.from({ length: repeat?.times ?? 1 }, (_, index): Segment => {
    const at = startS + index * (repeat?.everyMinutes ?? 0) * 60;
    return { ...rest, startS: at, endS: at + minutes * 60 };
  });
}

/** "HH:MM" or "HH:MM:SS". */
function secondsOf(clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}
