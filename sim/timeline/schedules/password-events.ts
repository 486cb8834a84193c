/** A decision for each unlock pattern drawn (DeepAuth paper): the sensors run for one window an event. */
import type { Schedule, Segment } from '../schedule.ts';

const firstHour = 7;
const lastHour = 23;
const perHour = 4;

const events: Segment[] = [];
for (let hour = firstHour; hour < lastHour; hour++) {
  for (let event = 0; event < perHour; event++) {
    const startS = hour * 3600 + event * 900;
    events.push({ label: 'unlock', startS, endS: startS + 60, decisions: 'one' });
  }
}

export const passwordEvents: Schedule = {
  id: 'password-events',
  title: `password events, ${events.length} a day`,
  source: 'Assumed: four unlocks an hour from 7 to 23 h; the DeepAuth paper gives no number of events a day',
  segments: events,
};
