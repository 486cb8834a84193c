/** A day of use as data: when the sensors run and decisions are made. Seconds since midnight; a run repeats the day. */
import { scheduleBroken } from '../../common/refusals/board.ts';

export interface Schedule {
  id: string;
  title: string;
  /** Where the day comes from; most are assumed. */
  source: string;
  /** Sent by radio after each decision, where the application does. */
  bytesPerDecision?: number;
  segments: readonly Segment[];
}

export interface Segment {
  label: string;
  startS: number;
  endS: number;
  /** `every-hop`: a decision each hop once a window is full. `one`: one decision when the window is full, then off. */
  decisions: 'every-hop' | 'one';
  /** The segment goes on from before: its first window is full at the start. */
  warm?: boolean;
  /** The first windows of the segment enrol instead of deciding. */
  enrolWindows?: number;
}

export const secondsPerDay = 86_400;

/** Refuses segments that overlap or do not rise (ESC411). */
export function checkSchedule(schedule: Schedule): void {
  let before = 0;
  for (const { label, startS, endS } of schedule.segments) {
    if (!(startS >= before))
      throw scheduleBroken(schedule.id, `segment "${label}" starts before the one before it ends`);
    if (!(endS > startS))
      throw scheduleBroken(schedule.id, `segment "${label}" does not end after it starts`);
    if (endS > secondsPerDay) throw scheduleBroken(schedule.id, `segment "${label}" ends after midnight`);
    before = endS;
  }
}
