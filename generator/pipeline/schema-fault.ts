/** Checks a parsed pipeline file against its JSON Schema and turns the fault that explains most into a refusal. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { pipelineRefusals } from '../../common/refusals/index.ts';
import type { Refusal } from '../../common/refusals/index.ts';

const schemaUrl = new URL('../../schemas/pipeline.schema.json', import.meta.url);
let validator: ValidateFunction | undefined;

/** Fields that say which member of a union is meant. */
const TAGS = ['step', 'kind'];

/** `at` turns a JSON pointer into what a refusal calls the place. */
export function schemaFault(value: unknown, at: (pointer: string) => string): Refusal | undefined {
  validator ??= new Ajv({ allErrors: true, strict: false, verbose: true }).compile(
    JSON.parse(readFileSync(schemaUrl, 'utf8')) as object,
  );
  if (validator(value)) return undefined;
  const errors = resolveUnions(validator.errors ?? []);
  // A misspelt field explains the one that is missing.
  const first = errors.find((e) => e.keyword === 'additionalProperties') ?? errors[0];
  return refusalOf(first, at);
}

/** Of each union keeps the faults of the member that the tag names, or one fault about the tag. */
function resolveUnions(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = errors.filter((e) => e.keyword === 'anyOf');
  const inUnion = (e: ErrorObject) => unions.some((u) => u !== e && within(e, u));
  return errors.flatMap((error) => {
    if (inUnion(error)) return [];
    return error.keyword === 'anyOf' ? resolveUnion(error, errors) : [error];
  });
}

const within = (error: ErrorObject, union: ErrorObject): boolean =>
  error.schemaPath.startsWith(`${union.schemaPath}/`) &&
  `${error.instancePath}/`.startsWith(`${union.instancePath}/`);

function resolveUnion(union: ErrorObject, errors: readonly ErrorObject[]): ErrorObject[] {
  const value: unknown = union.data;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ ...union, keyword: 'type', params: { type: 'object' } }];
  const inside = errors.filter((e) => e !== union && within(e, union));
  const tagErrors = inside.filter((e) => e.keyword === 'enum' && TAGS.includes(lastOf(e.instancePath)));
  const members = (union.schema as unknown[]).map((_, i) =>
    inside.filter((e) => e.schemaPath.startsWith(`${union.schemaPath}/${i}/`)),
  );
  const meant = members.find((faults) => !faults.some((e) => tagErrors.includes(e) || missesTag(e)));
  if (meant) return meant;
  const missing = inside.find(missesTag);
  if (missing) return [missing];
  const [first] = tagErrors;
  const known = [...new Set(tagErrors.flatMap((e) => e.params.allowedValues as string[]))];
  return [{ ...first, params: { allowedValues: known } }];
}

const lastOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1);
const missesTag = (e: ErrorObject): boolean =>
  e.keyword === 'required' && TAGS.includes(String(e.params.missingProperty));

function refusalOf(error: ErrorObject, at: (pointer: string) => string): Refusal {
  const where = at(error.instancePath);
  if (error.keyword === 'additionalProperties') {
    const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
    return pipelineRefusals.unknownField(where, String(error.params.additionalProperty), known);
  }
  if (error.keyword === 'required')
    return pipelineRefusals.missingField(where, String(error.params.missingProperty));
  if (error.keyword === 'enum') {
    // Numbers among them: bits of weights.
    const known = (error.params.allowedValues as unknown[]).map(String);
    return pipelineRefusals.unknownChoice(where, shown(error.data), known);
  }
  return pipelineRefusals.wrongType(where, article(String(error.params.type)), shown(error.data));
}

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
