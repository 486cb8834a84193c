/** Rules that hold for every sourced number of a board: a source, a range for an assumption, order, sign, share. */
import type { Sourced } from '../../common/sourced.ts';
import { fieldPath, type Finding } from './finding.ts';
import { sourcedNumbers } from './sourced-walk.ts';

/** Fields that may be zero; everything else must be positive. */
const mayBeZero = new Set(['sleepMw', 'wakeUj', 'mw', 'eventUj']);
/** Fields that are a share of one. */
const shares = new Set(['efficiency', 'usableFraction']);
/** Counts. */
const whole = new Set(['cores', 'exposures', 'photodiodes', 'ways', 'hubSamples']);

export function numberFindings(value: unknown): Finding[] {
  return [...sourcedNumbers(value)].flatMap(({ path, number }) => checkNumber(path, number));
}

function checkNumber(path: (string | number)[], number: Sourced): Finding[] {
  const findings: Finding[] = [];
  const name = String(path.at(-1));
  const add = (key: string, problem: string, fix: string) =>
    findings.push({ severity: 'error', rule: 'numbers', field: fieldPath([...path, key]), problem, fix });
  const { value, low, high } = number;

  if (number.source.trim() === '') {
    add(
      'source',
      'the source is empty',
      'Name the document and table, or call the number assumed and say why.',
    );
  }
  if (number.kind === 'assumed' && (low === undefined || high === undefined)) {
    add(low === undefined ? 'low' : 'high', 'an assumed number needs a range', 'Add "low" and "high".');
  }
  if ((low === undefined) !== (high === undefined) && number.kind !== 'assumed') {
    add(low === undefined ? 'low' : 'high', 'a range has two ends', 'Give both "low" and "high", or none.');
  }
  if (shares.has(name) && Math.max(value, high ?? value) > 1) {
    add(
      value > 1 ? 'value' : 'high',
      `${Math.max(value, high ?? value)} is more than the whole`,
      'Give a share between 0 and 1, e.g. 0.85 for 85 %.',
    );
  }
  if (low !== undefined && low > value)
    add('low', `low ${low} is above the value ${value}`, 'Give low <= value <= high.');
  if (high !== undefined && high < value)
    add('high', `high ${high} is below the value ${value}`, 'Give low <= value <= high.');

  const least = low ?? value;
  if (mayBeZero.has(name) ? least < 0 : least <= 0) {
    const key = value <= 0 ? 'value' : 'low';
    add(
      key,
      `${least} ${number.unit} is not ${mayBeZero.has(name) ? 'zero or more' : 'positive'}`,
      'Give a positive number.',
    );
  }
  if (whole.has(name) && !Number.isInteger(value))
    add('value', `${value} is not a count`, 'Give a whole number.');
  return findings;
}
