/** Reads and checks a fault file. Comments are allowed. Refuses ESC424 and ESC425. */
import { readFileSync } from 'node:fs';
import { fileError } from '../../common/file-error.ts';
import { parseJsonc, JsonSyntaxError } from '../../boards/check/jsonc.ts';
import { misfits } from '../../boards/check/schema.ts';
import { faultField, faultsUnreadable } from '../../common/refusals/board.ts';
import type { KernelManifest } from '../../kernel/manifest.ts';
import type { Fault, FaultFile } from './fault-file.ts';

const schemaUrl = new URL('../../schemas/faults.schema.json', import.meta.url);

/** A day is longer than any run of a kernel that is worth watching. */
const longestSeconds = 3600;

export function loadFaults(path: string, manifest: KernelManifest): FaultFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw faultsUnreadable(path, fileError(error));
  }
  return parseFaults(text, path, manifest);
}

export function parseFaults(text: string, path: string, manifest: KernelManifest): FaultFile {
  let value: unknown;
  try {
    value = parseJsonc(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw faultsUnreadable(path, `not JSON at line ${error.line}, column ${error.column}: ${error.message}`);
  }
  const refuse = (field: string, problem: string, fix: string) => faultField(path, field, problem, fix);
  const kinds = unionFault(value);
  if (kinds) throw refuse(kinds.field, kinds.problem, kinds.fix);
  const [fault] = misfits(schemaUrl, value);
  if (fault) throw refuse(fault.field, fault.problem, fault.fix);
  const file = value as FaultFile;
  if (!(file.seconds > 0 && file.seconds <= longestSeconds))
    throw refuse(
      'seconds',
      `${file.seconds} s is no length for a run`,
      `Give 1 to ${longestSeconds} seconds.`,
    );
  file.faults.forEach((entry, index) => {
    const problem = problemOf(entry, manifest);
    if (problem) throw refuse(`faults[${index}].${problem.field}`, problem.problem, problem.fix);
  });
  return file;
}

const knownKinds = ['dropout', 'jitter', 'clock-drift', 'saturation', 'brown-out', 'radio-loss'];

/** ajv words the faults of a union badly: a kind that does not exist is named here. */
function unionFault(value: unknown): { field: string; problem: string; fix: string } | undefined {
  const { faults } = (value ?? {}) as { faults?: unknown };
  if (!Array.isArray(faults)) return undefined;
  const index = faults.findIndex(
    (entry) => !knownKinds.includes((entry as { kind?: string } | null)?.kind ?? ''),
  );
  if (index < 0) return undefined;
  const { kind } = (faults[index] ?? {}) as { kind?: unknown };
  return {
    field: `faults[${index}].kind`,
    problem: `${JSON.stringify(kind) ?? 'nothing'} is no kind of fault`,
    fix: `Use one of ${knownKinds.join(', ')}.`,
  };
}

interface Problem {
  field: string;
  problem: string;
  fix: string;
}

function problemOf(fault: Fault, manifest: KernelManifest): Problem | undefined {
  const span = 'fromS' in fault ? { from: fault.fromS, to: fault.toS } : undefined;
  if (span && !(span.from >= 0 && span.to > span.from))
    return { field: 'toS', problem: 'it does not end after it starts', fix: 'Give 0 <= fromS < toS.' };
  if (fault.kind === 'dropout' && !manifest.channels.some(({ sensor }) => sensor === fault.sensor)) {
    const sensors = [...new Set(manifest.channels.map(({ sensor }) => sensor))].join(', ');
    return {
      field: 'sensor',
      problem: `the pipeline reads no ${fault.sensor}`,
      fix: `Use one of ${sensors}.`,
    };
  }
  if (fault.kind === 'saturation') {
    const { channel, lowCounts, highCounts } = fault;
    const names = manifest.channels.map(({ name }) => name);
    if (channel !== undefined && !names.includes(channel))
      return {
        field: 'channel',
        problem: `there is no channel "${channel}"`,
        fix: `Use one of ${names.join(', ')}.`,
      };
    if (!(lowCounts < highCounts))
      return { field: 'highCounts', problem: 'the range is empty', fix: 'Give lowCounts < highCounts.' };
  }
  if (fault.kind === 'brown-out' && !(fault.atS >= 0 && fault.downS >= 0))
    return { field: 'downS', problem: 'times are not negative', fix: 'Give atS and downS of zero or more.' };
  if (fault.kind === 'jitter' && !(fault.standardDeviationMs >= 0))
    return {
      field: 'standardDeviationMs',
      problem: 'a deviation is not negative',
      fix: 'Give zero or more.',
    };
  if (fault.kind === 'clock-drift' && !(Math.abs(fault.partsPerMillion) < 5e5))
    return {
      field: 'partsPerMillion',
      problem: 'no clock is that wrong',
      fix: 'Give less than 500000 either way.',
    };
  if (fault.kind === 'radio-loss') {
    if (!(fault.share >= 0 && fault.share <= 1))
      return { field: 'share', problem: `${fault.share} is no share`, fix: 'Give a number from 0 to 1.' };
    if (!(Number.isInteger(fault.retries) && fault.retries >= 0 && fault.retries <= 100))
      return {
        field: 'retries',
        problem: `${fault.retries} is no count`,
        fix: 'Give a whole number from 0 to 100.',
      };
  }
  return undefined;
}
