/**
 * Composes a board from its file and the parts that it names: what the file gives wins, the rest comes from the part.
 * Findings name a part that does not exist, and a field that neither gives.
 */
import type { Board, Volts } from './board.ts';
import type { BoardFile } from './board-file.ts';
import { fieldPath, type Finding } from './check/finding.ts';
import { closest } from './closest.ts';
import { cellParts, cpuParts, radioParts, regulatorParts } from './parts/index.ts';

export interface Composition {
  /** Complete only when there is no finding. */
  board: Board;
  findings: Finding[];
}

/** Fields that a composed board must have, by place. */
const needed = {
  cpu: ['chip', 'core', 'cores', 'clock', 'active', 'wakeUj'],
  clock: ['maxMhz', 'usedMhz'],
  battery: ['volts', 'usableFraction', 'selfDischargePerMonth', 'ageing'],
  radio: ['title'],
} as const;

export function composeBoard(file: BoardFile): Composition {
  const findings: Finding[] = [];
  const part = <P extends { id: string }>(
    path: (string | number)[],
    id: string | undefined,
    known: readonly P[],
  ): P | undefined => {
    const found = known.find((candidate) => candidate.id === id);
    if (id !== undefined && !found) findings.push(unknown(path, id, known));
    return found;
  };
  const require = (path: string[], value: object, fields: readonly string[], which: string): void => {
    for (const field of fields) if (!(field in value)) findings.push(missing([...path, field], which));
  };

  const cpu = under(file.cpu, part(['cpu', 'part'], file.cpu.part, cpuParts)?.fields);
  require(['cpu'], cpu, needed.cpu, 'a CPU');
  if ('clock' in cpu) require(['cpu', 'clock'], cpu.clock as object, needed.clock, 'a CPU');

  const battery = under(file.battery, part(['battery', 'cell'], file.battery.cell, cellParts)?.fields);
  require(['battery'], battery, needed.battery, 'a cell');

  const input = (battery as { volts?: Volts }).volts;
  const rails = Object.fromEntries(
    Object.entries(file.rails).map(([name, rail]) => {
      const regulator = part(['rails', name, 'regulator'], rail.regulator, regulatorParts);
      const efficiency = input && regulator?.efficiency(rail.volts, input);
      const whole = { ...(efficiency ? { efficiency } : {}), ...rail };
      require(['rails', name], whole, ['efficiency'], 'a regulator');
      return [name, whole];
    }),
  );

  const radio = file.radio && under(file.radio, part(['radio', 'part'], file.radio.part, radioParts)?.fields);
  if (radio) {
    require(['radio'], radio, needed.radio, 'a radio');
    if ('energyPerByteUj' in radio === 'packets' in radio)
      findings.push(missing(['radio', 'energyPerByteUj'], 'a radio'));
  }
  const board = { ...file, cpu, rails, battery, ...(radio ? { radio } : {}) } as unknown as Board;
  return { board, findings };
}

/** Fields of the part below those of the file; objects merge, numbers and power laws are taken whole. */
function under(given: object, fields: object | undefined): object {
  if (!fields) return given;
  const merged: { [key: string]: unknown } = { ...structuredClone(fields) };
  for (const [key, value] of Object.entries(given)) {
    const below = merged[key];
    merged[key] = isGroup(value) && isGroup(below) ? under(value, below) : (value as unknown);
  }
  return merged;
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !('value' in value) &&
  !('law' in value);

const error = (path: readonly (string | number)[], rule: string, problem: string, fix: string): Finding => ({
  severity: 'error',
  rule,
  field: fieldPath(path),
  problem,
  fix,
});

function unknown(path: (string | number)[], id: string, known: readonly { id: string }[]): Finding {
  const ids = known.map((candidate) => candidate.id);
  const guess = closest(id, ids);
  return error(
    path,
    'parts',
    `there is no part "${id}"`,
    `${guess ? `Did you mean "${guess}"? ` : ''}Known parts: ${ids.join(', ')}.`,
  );
}

const missing = (path: string[], which: string): Finding =>
  error(
    path,
    'schema',
    'this field is missing',
    `Add "${path.at(-1)}", or name the part of ${which} that has it.`,
  );
