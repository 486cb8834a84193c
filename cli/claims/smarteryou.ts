/**
 * Load of continuous authentication at 50 Hz: the SmarterYou paper, section V-H. Its figures are of a phone (Nexus 5,
 * Krait 400) or of phone and watch together; the model's are of the watch, a Moto 360.
 */
import { exact, divide, scale, sum, times, type Estimate } from '../../common/estimate.ts';
import { band } from '../../boards/band.ts';
import { loadBoard } from '../../boards/load.ts';
import { claim, type ClaimRow } from '../../report/claims/claim.ts';
import { significant } from '../../report/text/number.ts';
import { averagePower, type AveragePower } from '../../sim/power/average-power.ts';
import { cpuPower, wakeEnergyUj } from '../../sim/power/cpu-power.ts';
import { wakeupsPerSecond } from '../../sim/sensors/wakeups.ts';
import type { ClaimContext } from './context.ts';

const boardId = 'moto-360-1st-gen';
const runtime = 'wasm2c';
const rateHz = 50;
const sensors = ['accelerometer', 'gyroscope'] as const;
/** Nexus 5: 2300 mAh, 3.8 V. */
const phoneMwh = 8740;

export async function smarteryouRows(context: ClaimContext): Promise<ClaimRow[]> {
  const board = loadBoard(boardId);
  const simulated = await context.simulate('smarteryou', undefined, rateHz, boardId, runtime);
  const hopSeconds = simulated?.result.hopSeconds ?? 6;
  const perInference = simulated ? sum(simulated.result.stages.map((stage) => stage.cycles)) : exact(0);
  const wakeups = wakeupsPerSecond(board, sensors, rateHz, hopSeconds);
  const power = averagePower({
    board,
    pipelineSensors: sensors,
    rateHz,
    samplesPerSecond: rateHz,
    wakeupsPerSecond: wakeups,
    cyclesPerSample: exact(simulated?.result.cyclesPerSample ?? 0),
    cyclesPerInference: perInference,
    inferencesPerSecond: 1 / hopSeconds,
  });
  const what = simulated ? 'pipeline smarteryou' : 'sensors and wake-ups alone, no kernel';
  const modelOn = `${boardId}, ${runtime}, ${rateHz} Hz: ${what}`;
  const base = { system: 'smarteryou', source: 'SmarterYou paper, section V-H and table VIII' };
  const wakeLoad = (perSecond: number): Estimate =>
    divide(scale(wakeEnergyUj(board, perSecond), perSecond * 1e-3), exact(cpuPower(board).activeMw.value));
  const added = addedMw(power);
  const watchMwh = times(band(board.battery.capacityMah), band(board.battery.volts));
  return [
    claim({
      ...base,
      claim: 'context detection and authentication test take',
      published: 'less than 21 ms',
      publishedOn: 'Nexus 5 (Krait 400, 2.26 GHz), Android application',
      modelOn: simulated ? modelOn : 'none',
      unit: 'ms',
      model: simulated?.result.latencyMs ?? null,
      range: [0, 21],
      because: simulated
        ? 'Another device: Krait 400 has no timing model here, the watch’s Cortex-A8 at 1 GHz stands in.'
        : 'No pipeline smarteryou is shipped, and Krait 400 has no timing model here.',
    }),
    claim({
      ...base,
      claim: 'CPU load (of one core)',
      published: '5 % on average, at most 6 %',
      publishedOn: 'phone and watch, Android application that requests every sample',
      modelOn,
      unit: '%',
      model: scale(sum([power.utilization, wakeLoad(wakeups)]), 100),
      range: [4.5, 6],
      because: `${significant(wakeups)} wake-ups a second, as the FIFO of the sensor allows; with one for each sample, as the application asks for them, the model gives ${significant(100 * wakeLoad(rateHz).value)} % for waking alone.`,
    }),
    claim({
      ...base,
      claim: 'battery used in an hour of use',
      published: '2.4 % of the phone’s (about 210 mW)',
      publishedOn: 'Nexus 5, 8.74 Wh; the watch was not measured',
      modelOn: `${modelOn}; power above the idle watch, as a share of the phone’s battery`,
      unit: '%',
      model: scale(added, 100 / phoneMwh),
      range: [2.35, 2.45],
      because: `The phone’s own sensors, radio and awake system are not modelled. The watch spends ${significant(added.value)} mW, ${significant((100 * added.value) / watchMwh.value)} % of its own battery an hour.`,
    }),
  ];
}

/** Average power above the board's baseline. */
function addedMw(power: AveragePower): Estimate {
  const parts = power.parts.filter(({ name }) => name !== 'baseline');
  return sum(parts.map(({ mw, low, high }) => ({ value: mw, low, high })));
}
