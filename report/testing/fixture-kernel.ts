/** Invented kernels for the tests of reporters: MACs follow from layer shapes, the rest from round factors. */
import type { AccuracySummary } from '../../sim/result.ts';

export interface FixtureStage {
  name: string;
  title: string;
  macs: number;
  parallel?: { group: number; branch: number };
}

export interface FixtureKernel {
  system: 'pulse' | 'deepauth';
  variant: string;
  title: string;
  parameters: number;
  /** Rate in Hz for which a model was trained, and what it achieves. */
  trained: Readonly<Record<number, AccuracySummary>>;
  stages: (steps: number) => FixtureStage[];
}

const lstm = (steps: number, inputs: number, hidden: number): number =>
  steps * 4 * hidden * (inputs + hidden);

type Rates = readonly [accuracy: number, far: number, frr: number, eer: number];
const named = ([accuracy, far, frr, eer]: Rates) => ({ accuracy, far, frr, eer });

const summary = (windows: number, agreement: number, float: Rates, fixed: Rates): AccuracySummary => ({
  windows,
  agreement,
  float: named(float),
  fixed: named(fixed),
});

export const fixtureKernels: readonly FixtureKernel[] = [
  {
    system: 'pulse',
    variant: 'bilstm',
    title: 'Bi-LSTM 64 with attention',
    parameters: 37_012,
    trained: {
      20: summary(894, 0.9911, [0.358, 0.0338, 0.6461, 0.249], [0.3591, 0.0337, 0.645, 0.2494]),
      25: summary(894, 0.9899, [0.3602, 0.0337, 0.6444, 0.2483], [0.3613, 0.0336, 0.6433, 0.2486]),
    },
    stages: (steps) => [
      { name: 'bandpass', title: 'band-pass 0.5-8 Hz', macs: steps * 10 },
      { name: 'zscore', title: 'z-score of the window', macs: steps * 2 },
      { name: 'lstmForward', title: 'LSTM 64, forward', macs: lstm(steps, 1, 64) },
      { name: 'lstmReverse', title: 'LSTM 64, reverse', macs: lstm(steps, 1, 64) },
      { name: 'attention', title: 'attention over 128 features', macs: steps * 256 },
      { name: 'head', title: 'dense 128 to 20', macs: 2560 },
      { name: 'decide', title: 'argmax of 20', macs: 0 },
    ],
  },
  {
    system: 'deepauth',
    variant: 'sub128',
    title: 'two 64-unit sub-RNNs on half the sequence each',
    parameters: 71_136,
    trained: { 25: summary(2100, 0.9962, [0.843, 0.157, 0.157, 0.1571], [0.842, 0.158, 0.158, 0.1578]) },
    stages: (steps) => [
      { name: 'scale', title: 'scale of 6 channels', macs: steps * 6 },
      { name: 'dense', title: 'dense 6 to 64', macs: steps * 384 },
      {
        name: 'first',
        title: 'LSTM 64, first half',
        macs: lstm(steps / 2, 64, 64),
        parallel: { group: 0, branch: 0 },
      },
      {
        name: 'second',
        title: 'LSTM 64, second half',
        macs: lstm(steps / 2, 64, 64),
        parallel: { group: 0, branch: 1 },
      },
      { name: 'bottleneck', title: 'dense 128 to 32', macs: 4096 },
      { name: 'decide', title: 'MVN distance over 32', macs: 32 },
    ],
  },
  {
    system: 'deepauth',
    variant: 'rnn64',
    title: 'one 64-unit RNN',
    parameters: 36_064,
    trained: { 25: summary(2100, 0.9957, [0.766, 0.234, 0.234, 0.2343], [0.765, 0.235, 0.235, 0.2348]) },
    stages: (steps) => [
      { name: 'scale', title: 'scale of 6 channels', macs: steps * 6 },
      { name: 'dense', title: 'dense 6 to 64', macs: steps * 384 },
      { name: 'lstm', title: 'LSTM 64', macs: lstm(steps, 64, 64) },
      { name: 'bottleneck', title: 'dense 64 to 32', macs: 2048 },
      { name: 'decide', title: 'MVN distance over 32', macs: 32 },
    ],
  },
  {
    system: 'deepauth',
    variant: 'rnn128',
    title: 'one 128-unit RNN',
    parameters: 104_032,
    trained: { 25: summary(2100, 0.9948, [0.815, 0.185, 0.185, 0.1852], [0.815, 0.185, 0.185, 0.1857]) },
    stages: (steps) => [
      { name: 'scale', title: 'scale of 6 channels', macs: steps * 6 },
      { name: 'dense', title: 'dense 6 to 64', macs: steps * 384 },
      { name: 'lstm', title: 'LSTM 128', macs: lstm(steps, 64, 128) },
      { name: 'bottleneck', title: 'dense 128 to 32', macs: 4096 },
      { name: 'decide', title: 'MVN distance over 32', macs: 32 },
    ],
  },
];
