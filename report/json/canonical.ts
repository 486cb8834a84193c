/**
 * Canonical JSON: the same value gives the same bytes. Keys in code-unit order, two spaces of indentation, a line
 * feed at the end, numbers by `rounded`, absent (undefined) members left out. Arrays keep their order.
 */
import { rounded } from './round.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function normalise(value: unknown, path: string): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return rounded(value, path);
  if (Array.isArray(value)) return value.map((item, index) => normalise(item, `${path}[${index}]`));
  if (typeof value !== 'object') throw new TypeError(`${path || 'value'} is a ${typeof value}: not JSON`);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => [key, normalise(member, path ? `${path}.${key}` : key)]);
  return Object.fromEntries(members) as Json;
}

/** The same value with sorted keys and rounded numbers. */
export const canonical = <T>(value: T): T => normalise(value, '') as T;

/** Text of canonical JSON. */
export const canonicalJson = (value: unknown): string => `${JSON.stringify(normalise(value, ''), null, 2)}\n`;
