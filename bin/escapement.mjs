#!/usr/bin/env node
// Runs the TypeScript sources directly; there is no build step to forget.
import './register.mjs';

const { main } = await import('../cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
