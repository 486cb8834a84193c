/** Days of use. A new one is one file beside this one and one line here. */
import type { Schedule } from '../schedule.ts';
import { continuous } from './continuous.ts';
import { passwordEvents } from './password-events.ts';
import { phoneAndWatch } from './phone-and-watch.ts';
import { typingSessions } from './typing-sessions.ts';

export const schedules: readonly Schedule[] = [continuous, passwordEvents, phoneAndWatch, typingSessions];
