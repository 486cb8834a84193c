// A worker thread that runs a TypeScript source: new Worker(<this file>, { argv: ['cli/sweep/worker.ts'] }).
import { load } from './sources.mjs';

await load(process.argv[2]);
