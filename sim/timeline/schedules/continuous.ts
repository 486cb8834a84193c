/** Continuous authentication all day (Pulse paper): sensors never stop. */
import { secondsPerDay, type Schedule } from '../schedule.ts';

export const continuous: Schedule = {
  id: 'continuous',
  title: 'continuous, 24 h',
  source: 'Pulse paper: continuous authentication on the wrist',
  segments: [{ label: 'worn', startS: 0, endS: secondsPerDay, decisions: 'every-hop', warm: true }],
};
