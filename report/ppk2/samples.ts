/** A waveform as a current meter at the battery samples it: mean current of each sample period, and eight logic channels. */
import { waveformLevels, type Waveform } from '../../sim/timeline/waveform.ts';
import type { Span } from '../../sim/timeline/setup.ts';

export interface MeterSamples {
  samplesPerSecond: number;
  /** Microamperes. */
  currentUa: Float32Array;
  /** Two bits a channel, channel 0 lowest: 0 not seen, 1 low, 2 high, 3 both within the sample. */
  channels: Uint16Array;
}

/** What the logic channels show, D0 first. */
export const channelTracks: readonly { name: string; of: Span['track'] }[] = [
  { name: 'sensor on', of: 'sensor' },
  { name: 'FIFO read', of: 'read' },
  { name: 'inference', of: 'inference' },
  { name: 'enrolment', of: 'enrolment' },
  { name: 'last sample to decision', of: 'decision' },
  { name: 'radio', of: 'radio' },
];

/** Bits of a channel: nothing seen, low, high, both. */
const low = 1;
const high = 2;

/** Charge is kept: the sum of currents x sample period is that of the waveform. `volts`: battery voltage. */
export function sampleWaveform(waveform: Waveform, volts: number, samplesPerSecond: number): MeterSamples {
  const count = Math.max(1, Math.round((waveform.durationNs * samplesPerSecond) / 1e9));
  const periodNs = 1e9 / samplesPerSecond;
  const charge = new Float64Array(count);
  for (const { startNs, endNs, mw } of waveformLevels(waveform)) {
    const ua = (mw / volts) * 1e3;
    const [first, last] = [startNs / periodNs, Math.min(count, endNs / periodNs)];
    const from = Math.floor(first);
    const to = Math.min(count - 1, Math.floor(last));
    for (let index = from; index <= to; index++) {
      const share = Math.min(last, index + 1) - Math.max(first, index);
      if (share > 0) charge[index]! += ua * share;
    }
  }
  return {
    samplesPerSecond,
    currentUa: Float32Array.from(charge),
    channels: channelBits(waveform, count, periodNs),
  };
}

function channelBits({ spans }: Waveform, count: number, periodNs: number): Uint16Array {
  const bits = new Uint16Array(count);
  channelTracks.forEach(({ of }, channel) => {
    const seen = new Uint8Array(count).fill(low);
    for (const { track, startNs, endNs } of spans) {
      if (track !== of || endNs <= startNs) continue;
      const [first, last] = [startNs / periodNs, endNs / periodNs];
      for (let index = Math.floor(first); index < Math.min(count, last); index++) {
        const whole = first <= index && last >= index + 1;
        seen[index] = whole ? high : seen[index]! | high;
      }
    }
    for (let index = 0; index < count; index++) bits[index]! |= seen[index]! << (2 * channel);
  });
  return bits;
}
