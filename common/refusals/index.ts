/** All refusals by house. Numbers: 1xx model, 2xx pipeline, 3xx kernel, 4xx board, 5xx sim, 6xx cli, 7xx firmware. */
export { Refusal, refusedElsewhere } from './refusal.ts';
export * as modelRefusals from './model.ts';
export * as pipelineRefusals from './pipeline.ts';
export * as kernelRefusals from './kernel.ts';
export * as boardRefusals from './board.ts';
export * as outputRefusals from './output.ts';
export * as simRefusals from './sim.ts';
export * as callRefusals from './call.ts';
export * as sweepRefusals from './sweep.ts';
export * as cliRefusals from './cli.ts';
export * as firmwareRefusals from './firmware.ts';
