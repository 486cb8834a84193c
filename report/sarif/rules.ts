/** What the rules of `escapement check` mean, for tools that show a rule beside its findings. */
import type { RuleId } from '../check-report.ts';

export interface Rule {
  id: RuleId;
  name: string;
  short: string;
  full: string;
  help: string;
}

export const rules: readonly Rule[] = [
  {
    id: 'latency',
    name: 'LatencyBudget',
    short: 'Time from the last sample to the decision',
    full: 'The cycle-approximate latency of one decision on the board, with its band, against budgets.latencyMs of the pipeline.',
    help: 'A faster runtime, a lower sampling rate or fewer units make it shorter; timing the kernel once on the board narrows the band.',
  },
  {
    id: 'throughput',
    name: 'Throughput',
    short: 'The CPU keeps up with the decisions',
    full: 'Work between two decisions (samples, wake-ups, the longest path of the decision) on the busiest core, with its band, against the hop of the pipeline. Always judged.',
    help: 'A longer hop, a lower rate or a faster runtime leaves time over.',
  },
  {
    id: 'average-power',
    name: 'AveragePowerBudget',
    short: 'Average power at the battery',
    full: 'Sensors, CPU, wake-ups, regulators and the board itself at the rate of the pipeline, with their bands, against budgets.averageMw.',
    help: 'escapement simulate --why lists the inputs that the band owes most to; escapement boards fit refits them to a measurement.',
  },
  {
    id: 'battery-life',
    name: 'BatteryLifeBudget',
    short: 'Hours that the battery lasts',
    full: 'Capacity, voltage and usable fraction of the battery over the average power, against budgets.batteryHours.',
    help: 'A lower sampling rate, a longer hop or a lower LED current make it longer.',
  },
  {
    id: 'flash',
    name: 'FlashFit',
    short: 'Code and data in flash',
    full: 'Kernel, data and runtime against what the board leaves free in flash.',
    help: 'An interpreter needs less code for the kernel, compiled code needs no interpreter: compare the runtimes.',
  },
  {
    id: 'ram',
    name: 'RamFit',
    short: 'Memory in RAM',
    full: 'Linear memory (weights included), runtime and stack against what the board leaves free in RAM.',
    help: 'Weights count as RAM in WebAssembly: fewer units or a lower rate make it smaller.',
  },
  {
    id: 'sensor',
    name: 'SensorOnBoard',
    short: 'The board has the sensor and it makes the rate',
    full: 'Every sensor that the pipeline reads is on the board, and its part runs at the rate asked for or above.',
    help: 'Choose a board that has the sensor, or a rate that its part makes.',
  },
  {
    id: 'float-parity',
    name: 'FloatParity',
    short: 'The fixed-point kernel decides as the float model',
    full: 'Agreement of decisions on the evaluation windows and movement of the equal error rate.',
    help: 'Calibrate on windows that look like the ones in use, or give more bits to the layer that escapement inspect names.',
  },
];
