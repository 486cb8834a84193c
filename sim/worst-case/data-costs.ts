/**
 * What one run of a block that ran may take more than it did, the same instructions of the module being executed: a division of 64 bits whose quotient is the longest
 * one, an instruction whose operands nobody counts (operand-costs.ts), a choice that compiled code makes by a branch and that falls the dearer way each time, a load of firmware that reads a
 * constant each time.
 */
import type { Core } from '../cores/index.ts';
import type { Runtime } from '../runtimes/index.ts';
import { compiledFor } from '../timing/compiled/block-cycles.ts';
import { buildFor } from '../timing/compiled/build.ts';
import {
  divisionRun,
  longDivision,
  longestDivision,
  type DivisionCycles,
} from '../timing/compiled/long-division.ts';
import { countsAt, isWideDivision, type BlockCounts, type ModuleAnalysis } from '../wasm/index.ts';
import { longerByOperands } from './operand-costs.ts';
import { refill } from './refill.ts';

/** Setting what the choice takes, and the jump back. */
const ARM = 2;
/** Comparing the address with the constants' ends, and adding it to their pointer. */
const SECOND = 5;

/** Cycles by function index and block id, before the band. */
export function dearerByData(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  core: Core,
  { execution }: Runtime,
): (f: number, block: number) => number {
  const branched = new Map<string, number>();
  if (execution.kind === 'compiled')
    for (const compiled of compiledFor(
      analysis,
      counts,
      buildFor(core, execution.checked, execution.rewritten),
    ))
      for (const { f, at } of compiled.branched) {
        const { block } = countsAt(counts.choices, f, at)!;
        branched.set(`${f} ${block}`, (branched.get(`${f} ${block}`) ?? 0) + refill(core) + ARM);
      }
  for (const { f, block, runs, constants } of counts.reads ?? []) {
    const others = runs > 0 ? 1 - constants / runs : 1;
    branched.set(
      `${f} ${block}`,
      (branched.get(`${f} ${block}`) ?? 0) + others * (2 * refill(core) + SECOND),
    );
  }
  return (f, block) =>
    longerDivisions(analysis, counts, f, block, core) +
    longerOperands(analysis, f, block, core, execution.kind === 'compiled') +
    (branched.get(`${f} ${block}`) ?? 0);
}

/** Of a call that runs the same blocks whatever the data. */
export function dearestByData(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  core: Core,
  runtime: Runtime,
): number {
  const dearer = dearerByData(analysis, counts, core, runtime);
  return counts.blocks.reduce(
    (sum, blocks, f) =>
      blocks.reduce((cycles, times, b) => cycles + (times > 0 ? times * dearer(f, b) : 0), sum),
    0,
  );
}

function longerOperands(
  analysis: ModuleAnalysis,
  f: number,
  block: number,
  core: Core,
  isCompiled: boolean,
): number {
  const { wasm, blocks } = analysis.functions[f]!;
  const { first, last } = blocks[block]!;
  let cycles = 0;
  for (let at = first; at < last; at++) cycles += longerByOperands(wasm.body, at, core, isCompiled);
  return cycles;
}

function longerDivisions(
  analysis: ModuleAnalysis,
  counts: BlockCounts,
  f: number,
  block: number,
  core: Core,
): number {
  const { wasm, blocks } = analysis.functions[f]!;
  const { first, last } = blocks[block]!;
  const most = longestDivisionOn(core);
  return wasm.body.slice(first, last).reduce((sum, instruction, k) => {
    if (!isWideDivision(instruction)) return sum;
    const run = divisionRun(instruction.name.endsWith('_s'), countsAt(counts.divisions, f, first + k));
    return sum + Math.max(0, most - cyclesOf(longDivision(libraryOf(core), run), core));
  }, 0);
}

export const longestDivisionOn = (core: Core): number => cyclesOf(longestDivision(libraryOf(core)), core);

const libraryOf = (core: Core) => (core.positionIndependent ? 'glibc' : 'newlib');

const cyclesOf = ({ cycles, missed }: DivisionCycles, { timing }: Core): number =>
  cycles + (timing.kind === 'dual-issue' ? missed * timing.mispredict.value : 0);
