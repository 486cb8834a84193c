import { readFileSync } from 'node:fs';

/** Version of this package, as package.json says. */
export const toolVersion = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** What generated files name as their maker. */
export const toolName = `escapement ${toolVersion}`;
