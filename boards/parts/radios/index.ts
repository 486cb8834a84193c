/** Radios. A new one is one file beside this one and one line here. */
import type { RadioPart } from '../fragment.ts';
import { nrf52840Ble } from './nrf52840-ble.ts';

export const radioParts: readonly RadioPart[] = [nrf52840Ble];
