/** Implicit authentication while phone and watch are in use (SmarterYou paper): many short uses, some on the move. */
import type { Schedule, Segment } from '../schedule.ts';

/** Minutes of use that start at each full and half hour of the waking day; rising towards the evening. */
const minutesPerHalfHour = [
  2, 3, 2, 4, 3, 2, 5, 4, 3, 3, 4, 5, 6, 3, 3, 4, 5, 4, 6, 5, 7, 6, 8, 8, 9, 8, 9, 7, 6, 5,
];

const segments: Segment[] = minutesPerHalfHour.map((minutes, index) => {
  const startS = 7 * 3600 + index * 1800;
  const moving = index % 5 === 2;
  return {
    label: moving ? 'moving' : 'stationary',
    startS,
    endS: startS + minutes * 60,
    decisions: 'every-hop',
  };
});

export const phoneAndWatch: Schedule = {
  id: 'phone-and-watch',
  title: 'phone and watch in use, two contexts',
  source: 'Assumed use pattern; the SmarterYou paper gives rates and windows (50 Hz, 6 s) and no schedule',
  segments,
};
