/** `escapement policy`: the host's policy on the kernel's own decisions about real people, a day long and over every takeover that the data has. */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { chooseModel } from '../../generator/choose-model.ts';
import { policyDay, type PolicyDay } from '../../sim/policy/day.ts';
import type { Policy } from '../../sim/policy/guard.ts';
import { lockedWithin, takeovers, type Takeovers } from '../../sim/policy/takeover.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { jsonOption, modelOption, numberOption, pipelineArgument, wholeOption } from '../options.ts';
import { policySessions } from '../policy-sessions.ts';
import { printJson } from '../print-json.ts';
import { build, openPipeline } from '../workbench.ts';

interface Options {
  model?: string;
  days: number;
  uses: number;
  minutes: number;
  unlock: number;
  seed: number;
  every?: number;
  rejections?: number;
  of?: number;
  json?: boolean;
}

/** What the command prints with --json. */
export interface PolicyReport {
  kernel: string;
  policy: Policy;
  takeovers: {
    count: number;
    lockedWithFirstDecision: number;
    within6s: number;
    within18s: number;
    medianS: number | null;
    allByS: number | null;
    neverLocked: number;
    retrainRequests: number;
  };
  owner: {
    hours: number;
    decisions: number;
    falseLocks: number;
    falseLocksPerHour: number;
    retrainRequests: number;
  };
  days: number;
}

export const policy: Command = {
  name: 'policy',
  summary: 'simulate days of use with a takeover: time until lock-out, false locks, requests for training',
  register(command, run) {
    for (const add of [pipelineArgument, modelOption, jsonOption]) add(command);
    command
      .option('--days <n>', 'days of each owner', wholeOption('--days', 1, 10_000), 20)
      .option('--uses <n>', 'uses of the device in a day', wholeOption('--uses', 1, 10_000), 60)
      .option('--minutes <m>', 'length of a use', numberOption('--minutes', 0.1, 1440), 2)
      .option(
        '--unlock <s>',
        'time that the owner needs to unlock again',
        numberOption('--unlock', 0, 3600),
        5,
      )
      .option('--seed <n>', 'seed of the order of sessions', wholeOption('--seed', 0, 2 ** 31 - 1), 1)
      .option(
        '--every <s>',
        "time between decisions (default: the pipeline's)",
        numberOption('--every', 0.01, 3600),
      )
      .option(
        '--rejections <n>',
        "lock after so many rejections (default: the pipeline's)",
        wholeOption('--rejections', 1, 64),
      )
      .option('--of <n>', "of so many last decisions (default: the pipeline's)", wholeOption('--of', 1, 64));
    command.action(
      run(async (output, given: string, options: Options) => {
        const loaded = openPipeline(given);
        const { pipeline } = loaded;
        if (!pipeline.policy) throw pipelineRefusals.noPolicy(pipeline.name, 'there is no "policy"');
        const applied: Policy = {
          ...pipeline.policy,
          decideEverySeconds: options.every ?? pipeline.policy.decideEverySeconds,
          lock: {
            rejections: options.rejections ?? pipeline.policy.lock.rejections,
            of: options.of ?? Math.max(options.rejections ?? 1, pipeline.policy.lock.of),
          },
        };
        if (applied.decideEverySeconds < pipeline.window.hopSeconds)
          throw pipelineRefusals.policyTooShort(
            '--every',
            applied.decideEverySeconds,
            pipeline.window.hopSeconds,
          );
        if (applied.lock.rejections > applied.lock.of)
          throw pipelineRefusals.badCount(
            '--rejections',
            applied.lock.rejections,
            'rejections',
            1,
            applied.lock.of,
          );
        const choice = chooseModel(pipeline, { model: options.model });
        const built = await build(loaded, { ...choice, rateHz: choice.model.rateHz, trainedForRate: true });
        const byOwner = policySessions(loaded, built);
        const timing = { windowSeconds: pipeline.window.seconds, hopSeconds: pipeline.window.hopSeconds };
        const plan = { uses: options.uses, useSeconds: options.minutes * 60, unlockSeconds: options.unlock };
        const days = byOwner.flatMap((sessions, owner) =>
          Array.from({ length: options.days }, (_, day) =>
            policyDay(sessions, applied, timing, { ...plan, seed: options.seed + 1000 * owner + day }),
          ),
        );
        const report: PolicyReport = {
          kernel: built.name,
          policy: applied,
          takeovers: summary(takeovers(byOwner.flat(), applied, timing)),
          owner: ownerOf(days),
          days: days.length,
        };
        if (options.json) printJson(output, { ...report, perDay: days });
        else output.out(text(report, days));
        return exitCode.pass;
      }),
    );
  },
};

function summary(found: Takeovers): PolicyReport['takeovers'] {
  const { lockedAfterS, count } = found;
  const locked = lockedAfterS.filter(Number.isFinite);
  const first = lockedAfterS[0];
  return {
    count,
    lockedWithFirstDecision: first === undefined ? 0 : lockedWithin(found, first),
    within6s: lockedWithin(found, 6),
    within18s: lockedWithin(found, 18),
    medianS: locked.length * 2 > count ? lockedAfterS[Math.floor(count / 2)]! : null,
    allByS: locked.length === count ? locked.at(-1)! : null,
    neverLocked: count - locked.length,
    retrainRequests: found.retrainRequests,
  };
}

function ownerOf(days: readonly PolicyDay[]): PolicyReport['owner'] {
  const total = (part: (day: PolicyDay) => number): number => days.reduce((sum, day) => sum + part(day), 0);
  const hours = total((day) => day.usedSeconds) / 3600;
  const falseLocks = total((day) => day.falseLocks);
  return {
    hours,
    decisions: total((day) => day.decisions),
    falseLocks,
    falseLocksPerHour: falseLocks / hours,
    retrainRequests: total((day) => day.retrainRequests),
  };
}

const share = (value: number): string => `${(100 * value).toFixed(1)} %`;

function text(
  { kernel, policy: p, takeovers: t, owner, days: count }: PolicyReport,
  days: readonly PolicyDay[],
): string {
  const caught = days.flatMap(({ takeover }) => (takeover ? [takeover.lockedAfterS] : []));
  const longest = Math.max(...caught);
  return [
    `${kernel}: locks after ${p.lock.rejections} rejections of the last ${p.lock.of} decisions, one each ${p.decideEverySeconds} s, or after ${p.silenceSeconds} s without any`,
    '',
    `takeovers, every session of everybody else once: ${t.count}`,
    `  locked out with the first decision that can: ${share(t.lockedWithFirstDecision)}; within 6 s ${share(t.within6s)}, within 18 s ${share(t.within18s)}`,
    t.neverLocked > 0
      ? `  not locked before their recording ended: ${t.neverLocked}`
      : `  all by ${t.allByS} s, half by ${t.medianS} s`,
    `  requests for new training that they raised: ${t.retrainRequests}`,
    '',
    `${count} days of use, one takeover a day`,
    `  impostor of the day: ${caught.filter(Number.isFinite).length} of ${caught.length} locked out${Number.isFinite(longest) ? `, all by ${longest} s` : ''}`,
    `  owner: ${owner.falseLocks} false locks in ${owner.hours.toFixed(1)} h of use, ${owner.falseLocksPerHour.toFixed(1)} an hour; ${owner.retrainRequests} requests for new training`,
    '',
  ].join('\n');
}
