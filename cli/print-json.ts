import { canonicalJson } from '../report/json/canonical.ts';
import type { Output } from './command.ts';

/** JSON for programs: canonical, so that equal results are equal bytes. */
export const printJson = (output: Output, value: unknown): void => output.out(canonicalJson(value));
