/** Days of use: the JSON files of this folder by id, or a file of one's own by path. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileError } from '../../../common/file-error.ts';
import { closest } from '../../../boards/closest.ts';
import { parseJsonc, JsonSyntaxError } from '../../../boards/check/jsonc.ts';
import { misfits } from '../../../boards/check/schema.ts';
import { scheduleField, scheduleUnreadable, unknownSchedule } from '../../../common/refusals/board.ts';
import { checkSchedule, type Schedule } from '../schedule.ts';
import { scheduleOf, type ScheduleFile } from '../schedule-file.ts';

const folder = new URL('./', import.meta.url);
const schemaUrl = new URL('../../../schemas/schedule.schema.json', import.meta.url);

/** Ids of the schedules that come with Escapement, sorted. */
export const scheduleIds = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();

export const listSchedules = (): Schedule[] => scheduleIds().map(loadSchedule);

/** Loads a schedule by id or path. Refuses ESC411, ESC416 to ESC418. */
export function loadSchedule(idOrPath: string): Schedule {
  const known = scheduleIds();
  if (known.includes(idOrPath)) {
    const text = readFileSync(new URL(`${idOrPath}.json`, folder), 'utf8');
    return parseSchedule(text, `${idOrPath}.json`);
  }
  if (!/[/\\]|\.jsonc?$/i.test(idOrPath)) throw unknownSchedule(idOrPath, closest(idOrPath, known), known);
  return parseSchedule(readText(idOrPath), idOrPath);
}

/** Parses and checks the text of a schedule; `path` is for messages only. Comments are allowed. */
export function parseSchedule(text: string, path: string): Schedule {
  let value: unknown;
  try {
    value = parseJsonc(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw scheduleUnreadable(
      path,
      `not JSON at line ${error.line}, column ${error.column}: ${error.message}`,
    );
  }
  const [fault] = misfits(schemaUrl, value);
  if (fault) throw scheduleField(path, fault.field, fault.problem, fault.fix);
  const schedule = scheduleOf(value as ScheduleFile);
  checkSchedule(schedule);
  return schedule;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw scheduleUnreadable(path, fileError(error));
  }
}
