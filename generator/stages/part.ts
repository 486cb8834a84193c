import type { Block, Stage } from '../emit/program.ts';

/** A stage with the blocks that it brings along. */
export interface StagePart {
  blocks: Block[];
  stage: Stage;
}

/** Places in the block `signal_window_state` (i32), drawn in assembly/window.ts. */
export const windowState = { slot: 0, count: 1, started: 2, full: 3, stale: 4, length: 5 } as const;

/** Places in the block `signal_average_state` (i32), drawn in assembly/moving-average.ts. */
export const averageState = { position: 0, seen: 1, sums: 2 } as const;

/** Block names of the stages around the model. */
export const names = {
  frame: 'signal_frame',
  window: 'signal_window',
  windowState: 'signal_window_state',
  first: 'signal_first',
  filterState: 'signal_filter_state',
  filterCoefficients: 'signal_filter_coefficients',
  averageState: 'signal_average_state',
  time: 'signal_time',
  sensor: 'signal_sensor',
  template: 'decision_template',
  count: 'decision_count',
  score: 'decision_score',
  retrain: 'decision_retrain',
  suspended: 'decision_suspended',
  key: 'decision_key',
} as const;
