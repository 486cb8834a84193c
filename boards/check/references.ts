/** Rules about what a board refers to: parts, supply pins, rails, settings; and about numbers that belong together. */
import type { Board, PartReference } from '../board.ts';
import { closest } from '../closest.ts';
import { findImuPart, findPpgPart, imuParts, ppgParts } from '../parts/index.ts';
import { fieldPath, type Finding } from './finding.ts';

export function referenceFindings(board: Board): Finding[] {
  const findings: Finding[] = [];
  const add = (path: (string | number)[], rule: string, problem: string, fix: string) =>
    findings.push({ severity: 'error', rule, field: fieldPath(path), problem, fix });

  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(board.id)) {
    add(
      ['id'],
      'identity',
      `"${board.id}" is not an id`,
      'Use lower case, digits and dashes, e.g. "my-board".',
    );
  }

  const railNames = Object.keys(board.rails);
  const rail = (path: (string | number)[], name: string) => {
    if (Object.hasOwn(board.rails, name)) return;
    const guess = closest(name, railNames);
    add(
      path,
      'rails',
      `there is no rail "${name}"`,
      guess ? `Did you mean "${guess}"?` : `Use one of ${railNames.join(', ')}.`,
    );
  };
  rail(['cpu', 'rail'], board.cpu.rail);
  if (board.radio) rail(['radio', 'rail'], board.radio.rail);

  const partOf = <P extends { id: string; supplies: object }>(
    place: 'ppg' | 'imu',
    reference: PartReference,
    part: P | undefined,
    known: readonly { id: string }[],
  ) => {
    const path = ['sensors', place];
    if (!part) {
      const ids = known.map((entry) => entry.id);
      const guess = closest(reference.part, ids);
      add(
        [...path, 'part'],
        'parts',
        `there is no part "${reference.part}"`,
        `${guess ? `Did you mean "${guess}"? ` : ''}Known parts: ${ids.join(', ')}.`,
      );
      return;
    }
    for (const pin of Object.keys(part.supplies)) {
      if (!Object.hasOwn(reference.supplies, pin)) {
        add(
          [...path, 'supplies', pin],
          'parts',
          `supply pin "${pin}" of ${part.id} has no rail`,
          `Add "${pin}" with the name of a rail.`,
        );
      }
    }
    for (const [pin, name] of Object.entries(reference.supplies)) {
      if (!Object.hasOwn(part.supplies, pin)) {
        add(
          [...path, 'supplies', pin],
          'parts',
          `${part.id} has no supply pin "${pin}"`,
          `Its pins are ${Object.keys(part.supplies).join(', ')}.`,
        );
      } else rail([...path, 'supplies', pin], name);
    }
  };
  const { ppg, imu } = board.sensors;
  if (ppg) {
    const part = findPpgPart(ppg.part);
    partOf('ppg', ppg, part, ppgParts);
    for (const problem of part?.check(ppg.settings) ?? []) {
      add(['sensors', 'ppg', 'settings', problem.setting], 'settings', problem.problem, problem.fix);
    }
  }
  if (imu) partOf('imu', imu, findImuPart(imu.part), imuParts);
  for (const [index, { sensor }] of (board.sensors.absent ?? []).entries()) {
    if (sensor === 'ppg' && ppg) {
      add(
        ['sensors', 'absent', index, 'sensor'],
        'parts',
        'the board also has a ppg part',
        'Remove one of the two.',
      );
    }
  }

  const { maxMhz, usedMhz } = board.cpu.clock;
  if (usedMhz.value > maxMhz.value) {
    add(
      ['cpu', 'clock', 'usedMhz', 'value'],
      'clock',
      `${usedMhz.value} MHz is above the maximum ${maxMhz.value} MHz`,
      'Give a clock up to the maximum.',
    );
  }
  if (board.cpu.active.law === 'dynamic-coefficient') {
    const points = board.cpu.active.operatingPoints;
    const at = ['cpu', 'active', 'operatingPoints'];
    if (points.length === 0)
      add(at, 'clock', 'there is no operating point', 'Give at least one { "mhz", "volts" }.');
    for (let index = 1; index < points.length; index++) {
      if (points[index]!.mhz <= points[index - 1]!.mhz) {
        add(
          [...at, index, 'mhz'],
          'clock',
          'the clocks of the operating points do not rise',
          'Sort them from slow to fast.',
        );
      }
    }
    const first = points[0]?.mhz ?? 0;
    const last = points.at(-1)?.mhz ?? Infinity;
    if (points.length > 0 && (usedMhz.value < first || usedMhz.value > last)) {
      add(
        at,
        'clock',
        `the clock used, ${usedMhz.value} MHz, lies outside ${first} to ${last} MHz`,
        'Add an operating point that covers it.',
      );
    }
  }
  for (const kind of ['flash', 'ram'] as const) {
    const { totalBytes, availableBytes } = board.memory[kind];
    if (totalBytes && (availableBytes.high ?? availableBytes.value) > totalBytes.value) {
      add(
        ['memory', kind, 'availableBytes'],
        'memory',
        'more is available than there is',
        'Give at most totalBytes.',
      );
    }
  }
  return findings;
}
