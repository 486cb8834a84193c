/**
 * Lets Node run the TypeScript sources of this project: `node --import ./bin/register.mjs file.ts`.
 *
 * tsx compiles every module that Node loads, packages included: for binaryen, one file of 13 MB, that takes seconds at each
 * start. Packages are plain JavaScript, so they are loaded as they are. Hooks run last registered first.
 */
import { register } from 'node:module';
import { register as registerTsx } from 'tsx/esm/api';

registerTsx();
register('./packages-as-they-are.mjs', import.meta.url);
