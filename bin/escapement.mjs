#!/usr/bin/env node
// Runs the TypeScript sources; there is no build step to forget.
import { load } from './sources.mjs';

const { main } = await load('cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
