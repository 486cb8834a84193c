/** Checks a board against its JSON Schema and words ajv's errors for a person. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { closest } from '../closest.ts';
import { fieldPath, type Finding } from './finding.ts';

const schemaUrl = new URL('../../schemas/board.schema.json', import.meta.url);

/** Definition of each power law: ajv words the faults of a union badly, so the law that a file names is checked alone. */
const laws: { [law: string]: string } = {
  'supply-current': 'SupplyCurrent',
  'dynamic-coefficient': 'DynamicCoefficient',
};
const activePath = '/cpu/active';

let compiled: Ajv | undefined;

function validator(reference: string): ValidateFunction {
  compiled ??= new Ajv({ allErrors: true, strict: false, verbose: true }).addSchema(
    JSON.parse(readFileSync(schemaUrl, 'utf8')) as object,
    'board',
  );
  return compiled.getSchema(`board${reference}`)!;
}

/** Violations of any of our schemas, worded alike. */
export function misfits(schema: URL, value: unknown): Finding[] {
  let validate = others.get(schema.href);
  if (!validate) {
    validate = new Ajv({ allErrors: true, strict: false, verbose: true }).compile(
      JSON.parse(readFileSync(schema, 'utf8')) as object,
    );
    others.set(schema.href, validate);
  }
  if (validate(value)) return [];
  return [...(validate.errors ?? [])].sort((a, b) => rank(a) - rank(b)).map(worded);
}

const others = new Map<string, ValidateFunction>();

/** All schema violations; empty when the value is a board by type. */
export function schemaFindings(value: unknown): Finding[] {
  const validate = validator('');
  if (validate(value)) return [];
  const outside = (validate.errors ?? []).filter((error) => !inLaw(error));
  const inside = (validate.errors ?? []).some(inLaw) ? lawErrors(value as ActiveHolder) : [];
  // A misspelt key explains the field that is missing: it comes first.
  const errors = [...outside, ...inside].sort((a, b) => rank(a) - rank(b));
  return errors.map(worded);
}

type ActiveHolder = { cpu: { active: unknown } };

const inLaw = (error: ErrorObject): boolean =>
  error.instancePath === activePath || error.instancePath.startsWith(`${activePath}/`);
const rank = (error: ErrorObject): number => (error.keyword === 'additionalProperties' ? 0 : 1);

function lawErrors({ cpu: { active } }: ActiveHolder): ErrorObject[] {
  const law = typeof active === 'object' && active !== null ? (active as { law?: unknown }).law : undefined;
  const definition = typeof law === 'string' ? laws[law] : undefined;
  const base = { schemaPath: '', data: law, instancePath: `${activePath}/law` };
  if (definition === undefined) {
    return [{ ...base, keyword: 'enum', params: { allowedValues: Object.keys(laws) } } as ErrorObject];
  }
  const validate = validator(`#/definitions/${definition}`);
  if (validate(active)) return [];
  return (validate.errors ?? []).map((error) => ({
    ...error,
    instancePath: `${activePath}${error.instancePath}`,
  }));
}

function worded(error: ErrorObject): Finding {
  const segments = error.instancePath.split('/').slice(1);
  const base = { severity: 'error' as const, rule: 'schema' };
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty);
    const properties = (error.parentSchema as { properties?: object }).properties ?? {};
    const guess = closest(key, Object.keys(properties));
    return {
      ...base,
      field: fieldPath([...segments, key]),
      problem: `"${key}" is not a field here`,
      fix: guess
        ? `Did you mean "${guess}"?`
        : `Remove it, or use one of ${Object.keys(properties).join(', ')}.`,
    };
  }
  if (error.keyword === 'required') {
    const key = String(error.params.missingProperty);
    return {
      ...base,
      field: fieldPath([...segments, key]),
      problem: 'this field is missing',
      fix:
        key === 'source'
          ? 'Say where the number comes from, or call it assumed and give low and high.'
          : `Add "${key}".`,
    };
  }
  const field = fieldPath(segments);
  const found = JSON.stringify(error.data) ?? 'nothing';
  if (error.keyword === 'const' || error.keyword === 'enum') {
    const allowed: unknown[] =
      error.keyword === 'const' ? [error.params.allowedValue] : error.params.allowedValues;
    const guess = typeof error.data === 'string' ? closest(error.data, allowed.map(String)) : undefined;
    const list = allowed.map((option) => JSON.stringify(option)).join(', ');
    return {
      ...base,
      field,
      problem: `${found} is not allowed here`,
      fix: guess && allowed.length > 1 ? `Did you mean "${guess}"? Allowed: ${list}.` : `Use ${list}.`,
    };
  }
  if (error.keyword === 'type') {
    return {
      ...base,
      field,
      problem: `${short(found)} is not ${article(String(error.params.type))}`,
      fix:
        typeof error.data === 'number' &&
        'unit' in ((error.parentSchema as { properties?: object }).properties ?? {})
          ? 'Write { "value", "unit", "kind", "source" } instead of a bare number.'
          : `Give ${article(String(error.params.type))}.`,
    };
  }
  return { ...base, field, problem: error.message ?? error.keyword, fix: 'See schemas/board.schema.json.' };
}

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
const short = (text: string | undefined): string =>
  text === undefined ? 'nothing' : text.length > 40 ? `${text.slice(0, 37)}...` : text;
