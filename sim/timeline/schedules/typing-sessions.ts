/** Typing at a desk (WACA paper): sensors run and decide while a session lasts; the first session enrols. */
import type { Schedule } from '../schedule.ts';

const session = (label: string, fromHour: number, minutes: number, enrolWindows?: number) => ({
  label,
  startS: Math.round(fromHour * 3600),
  endS: Math.round(fromHour * 3600 + minutes * 60),
  decisions: 'every-hop' as const,
  ...(enrolWindows === undefined ? {} : { enrolWindows }),
});

export const typingSessions: Schedule = {
  id: 'typing-sessions',
  title: 'typing sessions, 3 h 15 min a day',
  source: 'Assumed office day: six sessions, the first ten windows enrol; the WACA paper gives no schedule',
  segments: [
    session('morning mail', 9, 30, 10),
    session('writing', 10, 45),
    session('before lunch', 11.5, 30),
    session('after lunch', 13.5, 30),
    session('afternoon', 15, 40),
    session('closing', 16.5, 20),
  ],
};
