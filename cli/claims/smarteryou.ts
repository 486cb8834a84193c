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
  /** Per cent of one core at so many wake-ups a second. */
  const loadOf = (perSecond: number): Estimate => scale(sum([power.utilization, wakeLoad(perSecond)]), 100);
  /** Wake-ups a second at which the load is so many per cent. */
  const wakeupsAt = (percent: number): number =>
    (percent / 100 - power.utilization.value) / (wakeLoad(wakeups).value / wakeups);
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
      modelOn: `${modelOn}; from reads of a full FIFO to one for each sample`,
      unit: '%',
      model: { value: loadOf(wakeups).value, low: loadOf(wakeups).low, high: loadOf(rateHz).high },
      range: [4.5, 6],
      because: `How often the sensor service wakes the application is not published, and decides: ${significant(loadOf(wakeups).value)} % at ${significant(wakeups)} wake-ups a second, as the FIFO of the sensor allows, ${significant(loadOf(rateHz).value)} % with one for each sample. 5 % are ${significant(wakeupsAt(5))} a second. The kernel itself takes ${significant(100 * power.utilization.value)} %.`,
    }),
    claim({
      ...base,
      claim: 'battery used in 12 h, phone locked',
      published: '2.1 % of the phone’s (about 15 mW)',
      publishedOn: 'Nexus 5, 8.74 Wh; the watch was not measured',
      modelOn: `${modelOn}; power above the idle watch for 12 h, as a share of the phone’s battery`,
      unit: '%',
      model: scale(added, (100 * 12) / phoneMwh),
      range: [2, 2.2],
      because: `The watch stands in for the phone: the same rate, sensors of the same family (MPU-9250 law), another CPU. It spends ${significant(added.value)} mW above idle, most of it in the gyroscope.`,
    }),
    claim({
      ...base,
      claim: 'battery used in an hour, half of it in use',
      published: '2.4 % of the phone’s (about 210 mW)',
      publishedOn: 'Nexus 5, 8.74 Wh; the watch was not measured',
      modelOn: `${modelOn}; power above the idle watch, as a share of the phone’s battery`,
      unit: '%',
      model: scale(added, 100 / phoneMwh),
      range: [2.3, 2.5],
      because: `Sensors and kernel cost the same whether the phone is in use or not; the paper's own locked phone spends 15 mW on them, a fourteenth of this. The other 195 mW are the phone's: an awake system, radio and screen, for which nothing is modelled here. The watch spends ${significant(added.value)} mW, ${significant((100 * added.value) / watchMwh.value)} % of its own battery an hour.`,
    }),
  ];
}

/** Average power above the board's baseline. */
function addedMw(power: AveragePower): Estimate {
  const parts = power.parts.filter(({ name }) => name !== 'baseline');
  return sum(parts.map(({ mw, low, high }) => ({ value: mw, low, high })));
}
