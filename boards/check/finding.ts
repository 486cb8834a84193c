/** One thing that is wrong with a board file, or worth knowing about it. */
export interface Finding {
  severity: 'error' | 'warning';
  /** Which rule found it, e.g. "schema", "numbers". */
  rule: string;
  /** Path to the field, e.g. "sensors.ppg.settings.ledCurrentMa.unit"; "(top)" for the whole file. */
  field: string;
  problem: string;
  /** The next step, imperative. */
  fix: string;
}

/** Joins path segments: names with dots, indexes in brackets. */
export function fieldPath(segments: readonly (string | number)[]): string {
  let path = '';
  for (const segment of segments) {
    if (typeof segment === 'number' || /^\d+$/.test(segment)) path += `[${segment}]`;
    else path += path === '' ? segment : `.${segment}`;
  }
  return path === '' ? '(top)' : path;
}
