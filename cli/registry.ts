/** All commands, in the order of `escapement --help`. */
import type { Command } from './command.ts';
import { boards } from './commands/boards.ts';
import { check } from './commands/check.ts';
import { claims } from './commands/claims.ts';
import { compare } from './commands/compare.ts';
import { compile } from './commands/compile.ts';
import { day } from './commands/day.ts';
import { demo } from './commands/demo.ts';
import { exportCommand } from './commands/export.ts';
import { inspect } from './commands/inspect.ts';
import { lint } from './commands/lint.ts';
import { newPipeline } from './commands/new.ts';
import { policy } from './commands/policy.ts';
import { selftest } from './commands/selftest.ts';
import { merge } from './commands/merge.ts';
import { simulate } from './commands/simulate.ts';
import { sweep } from './commands/sweep.ts';
import { time } from './commands/time.ts';
import { transform } from './commands/transform.ts';
import { tune } from './commands/tune.ts';
import { verify } from './commands/verify.ts';

export const commands: readonly Command[] = [
  demo,
  newPipeline,
  compile,
  inspect,
  verify,
  transform,
  tune,
  simulate,
  compare,
  sweep,
  merge,
  day,
  policy,
  check,
  boards,
  exportCommand,
  selftest,
  lint,
  claims,
  time,
];
