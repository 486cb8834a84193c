/**
 * Average LED current of a pulsed PPG front end: amplitude x on-time x exposures x rate.
 * The MAX86141's table agrees within 1 %: 62 mA x 117.3 us x 256 sps = 1862 uA, printed 1880 uA.
 */
import { scale, times, type Estimate } from '../../common/estimate.ts';
import type { SourceKind } from '../../common/sourced.ts';
import { band } from '../band.ts';
import type { PpgSettings } from '../board.ts';
import type { Draw } from './part.ts';

/** Microamperes at `rateHz` samples a second. mA x us x Hz = nA. */
export function ledCurrentUa(settings: PpgSettings, rateHz: number): Estimate {
  const chargePerPulse = times(band(settings.ledCurrentMa), band(settings.pulseWidthUs));
  return scale(times(chargePerPulse, band(settings.exposures)), rateHz * 1e-3);
}

export function ledDraw(settings: PpgSettings, rateHz: number, law: string): Draw {
  const inputs = [settings.ledCurrentMa, settings.pulseWidthUs, settings.exposures];
  const kind: SourceKind = inputs.some((input) => input.kind === 'assumed') ? 'assumed' : 'datasheet';
  return {
    name: 'led',
    pin: 'led',
    currentUa: ledCurrentUa(settings, rateHz),
    kind,
    pulseUs: settings.pulseWidthUs.value * settings.exposures.value,
    source: `${law}: current x pulse width x exposures x rate; current: ${settings.ledCurrentMa.source}`,
  };
}
