/** All commands, in the order of `escapement --help`. */
import type { Command } from './command.ts';
import { boards } from './commands/boards.ts';
import { check } from './commands/check.ts';
import { claims } from './commands/claims.ts';
import { compare } from './commands/compare.ts';
import { compile } from './commands/compile.ts';
import { day } from './commands/day.ts';
import { demo } from './commands/demo.ts';
import { inspect } from './commands/inspect.ts';
import { simulate } from './commands/simulate.ts';
import { time } from './commands/time.ts';
import { verify } from './commands/verify.ts';

export const commands: readonly Command[] = [
  demo,
  compile,
  inspect,
  verify,
  simulate,
  compare,
  day,
  check,
  boards,
  claims,
  time,
];
