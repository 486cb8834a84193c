/**
 * Verification against windows of the owner, kept as they were enrolled: enrol() stores the current features, decide() returns 1 where the nearest of them
 * is at most the threshold away, else 0 or a status, and leaves the distance in `decision_score`. Arithmetic and layouts: assembly/template.ts,
 * distance.ts, protect.ts. Float meaning: template-float.ts.
 */
import { pipelineRefusals } from '../../common/refusals/index.ts';
import { status } from '../../kernel/manifest.ts';
import { ONE } from '../features/distances/distance.ts';
import { distances } from '../features/distances/registry.ts';
import { factorOf } from '../features/integer/scaled.ts';
import type { DecisionContext, DecisionDefinition, DecisionOf } from './decision.ts';
import { names } from './part.ts';
import { refuseStale } from './stale.ts';
import { enrolReference, decideReference } from './template-reference.ts';
import { templateBlocks } from './template-blocks.ts';

/** Features for which no sum of a distance overflows. */
export const MAX_FEATURES = 1024;
/** Steps of a normalised feature, and of a distance with a unit. */
const NORMAL_ONE = 2 ** 14;
const UNIT_STEP = 2 ** -16;

type Template = DecisionOf<'template'>;

export const template: DecisionDefinition<'template'> = {
  kind: 'template',
  check(decision, variants, where) {
    const { capacity, leastRange, protection } = decision;
    if (!(Number.isInteger(capacity) && capacity >= 1 && capacity <= 256))
      throw pipelineRefusals.badCount(`${where}.capacity`, capacity, 'windows', 1, 256);
    const positive: [string, number | undefined][] = [
      [`${where}.threshold`, decision.threshold],
      [`${where}.leastRange`, leastRange],
      ...variants.map(({ where: at, variant }): [string, number | undefined] => [
        `${at}.threshold`,
        variant.threshold,
      ]),
    ];
    for (const [place, value] of positive)
      if (value !== undefined && !(value > 0 && Number.isFinite(value)))
        throw pipelineRefusals.notPositive(place, value, '');
    if (protection) {
      const { bits, centre } = protection;
      if (!(Number.isInteger(bits / 32) && bits >= 32 && bits <= 1024))
        throw pipelineRefusals.badCount(
          `${where}.protection.bits`,
          bits,
          'bits, a multiple of 32,',
          32,
          1024,
        );
      centre.forEach((value, i) => {
        if (!Number.isFinite(value))
          throw pipelineRefusals.notFiniteNumber(`${where}.protection.centre[${i}]`, value);
      });
    }
    for (const { where: at, variant } of variants) {
      if ((variant.distance ?? decision.distance) === 'hamming' && !protection)
        throw pipelineRefusals.noProtection(variant.distance ? `${at}.distance` : `${where}.distance`);
      if (variant.evaluation && variant.evaluation.kind !== 'verification')
        throw pipelineRefusals.evaluationMisfit(`${at}.evaluation.kind`, variant.evaluation.kind, 'template');
    }
  },
  lower(decision, context) {
    const plan = planOf(decision, context);
    const { features, input } = plan;
    const blocks = templateBlocks(plan);
    const { decide, enrol } = codeOf(plan);
    const shared = { returns: 'i32' as const, proofs: [] };
    const blockNames = [input, names.windowState, ...blocks.map((b) => b.name)];
    return {
      decide: {
        blocks,
        stage: {
          ...shared,
          name: 'decision_template_distance',
          title: 'distance from the nearest template',
          blocks: blockNames,
          uses: decide.uses,
          body: decide.body,
          macs: features * (plan.protection?.bits ?? plan.capacity * 2),
          run: (memory) => decideReference(memory, plan),
        },
      },
      enrol: {
        blocks: [],
        stage: {
          ...shared,
          name: 'decision_enrol',
          title: 'keep a template',
          blocks: blockNames,
          uses: enrol.uses,
          body: enrol.body,
          macs: features * (plan.protection?.bits ?? 0),
          run: (memory) => enrolReference(memory, plan),
        },
      },
      score: names.score,
      ...(plan.suspend ? { suspended: names.suspended } : {}),
      ...(plan.protection ? { key: names.key } : {}),
      manifest: {
        kind: 'template',
        distance: plan.distance,
        threshold: plan.realThreshold,
        capacity: plan.capacity,
      },
    };
  },
};

export type TemplatePlan = ReturnType<typeof planOf>;

/** Constants of the stages. Throws ESC243 for a centre of another length, ESC240 for too many features. */
function planOf(decision: Template, { output, variant, where }: DecisionContext) {
  const { block: input, type, length: features, scale } = output;
  if (type !== 'i16') throw new Error(`the template decision takes i16 features, not ${type}`);
  if (features > MAX_FEATURES) throw pipelineRefusals.badCount(where, features, 'features', 1, MAX_FEATURES);
  const { capacity, renew, suspend, leastRange } = decision;
  const distance = variant.distance ?? decision.distance;
  const realThreshold = variant.threshold ?? decision.threshold;
  const protection = distance === 'hamming' ? decision.protection : undefined;
  if (protection && protection.centre.length !== features)
    throw pipelineRefusals.wrongLength(`${where}.protection.centre`, protection.centre.length, features);
  const ranged = !protection && leastRange !== undefined;
  const definition = distance === 'hamming' ? undefined : distances[distance];
  const unit = ranged ? 1 / NORMAL_ONE : scale;
  const scoreScale = protection ? 1 / protection.bits : definition!.inUnits ? UNIT_STEP : 1 / ONE;
  return {
    input,
    features,
    capacity,
    renew,
    suspend,
    distance,
    definition,
    factor: definition ? factorOf(definition.inUnits ? unit / scoreScale : ONE) : { m: 0, shift: 0 },
    /** Smallest range in steps of a feature; absent: features are compared as they are. */
    ...(ranged ? { least: Math.max(1, Math.min(32767, Math.round(leastRange! / scale))) } : {}),
    ...(protection
      ? {
          protection: {
            bits: protection.bits,
            centre: protection.centre.map((c) => clamp16(Math.round(c / scale))),
          },
        }
      : {}),
    scoreScale,
    realThreshold,
    threshold: Math.min(2 ** 31 - 1, Math.floor(realThreshold / scoreScale + 1e-9)),
  };
}

const clamp16 = (v: number): number => Math.max(-32768, Math.min(32767, v));

/** Bodies of both stages. */
function codeOf(plan: TemplatePlan) {
  const { input, features, capacity, renew, suspend, definition, factor, least, protection, threshold } =
    plan;
  const words = (protection?.bits ?? 0) / 32;
  const x = `$${input}`;
  const templates = `$${names.template}`;
  const stride = protection ? words * 4 : features * 2;
  const needsKey = protection ? [`if (!hasKey($${names.key})) return ${status.noKey};`] : [];
  const project = (to: string) =>
    `protect(${x}, ${features}, $decision_centre, $${names.key}, ${words}, $decision_stream, ${to});`;
  const vector = (from: string, to: string) =>
    least === undefined
      ? `widen(${from}, ${features}, ${to});`
      : `normalise(${from}, ${features}, $decision_ranges, ${to});`;
  const bits = definition?.bits ? `${definition.bits(features)}, ` : '';
  const measure = protection
    ? [project('$decision_own')]
    : [
        ...(least === undefined
          ? []
          : [`findRanges(${templates}, count, ${capacity}, ${features}, ${least}, $decision_ranges);`]),
        vector(x, '$decision_own'),
      ];
  const one = protection
    ? `hamming($decision_own, at, ${words})`
    : `${definition!.routine}($decision_own, $decision_other, ${features}, ${bits}${factor.m}, ${factor.shift})`;
  return {
    decide: {
      uses: {
        distance: [protection ? 'hamming' : definition!.routine],
        ...(protection
          ? { protect: ['hasKey', 'protect'] }
          : { template: least === undefined ? ['widen'] : ['findRanges', 'normalise'] }),
      },
      body: [
        ...refuseStale,
        ...needsKey,
        `const count = load<i32>($${names.count});`,
        `if (count == 0) return ${status.notEnrolled};`,
        ...(suspend ? [`if (load<i32>($${names.suspended})) return ${status.suspended};`] : []),
        ...measure,
        'let nearest = i32.MAX_VALUE;',
        `let at: usize = ${templates};`,
        `for (let place = 0; place < ${capacity}; place++) {`,
        '  if (place >= count) break;',
        ...(protection ? [] : [`  ${vector('at', '$decision_other')}`]),
        `  nearest = min(nearest, ${one});`,
        `  at += ${stride};`,
        '}',
        `store<i32>($${names.score}, nearest);`,
        `const accepted = <i32>(nearest <= ${threshold});`,
        ...(suspend ? [`store<i32>($${names.suspended}, 1 - accepted);`] : []),
        'return accepted;',
      ],
    },
    enrol: {
      uses: {
        template: ['nextPlace', ...(protection ? [] : ['keep'])],
        ...(protection ? { protect: ['hasKey', 'protect'] } : {}),
      },
      body: [
        ...refuseStale,
        ...needsKey,
        `const place = nextPlace($${names.count}, ${capacity}, ${renew ? 1 : 0});`,
        'if (place < 0) return place;',
        protection
          ? project(`${templates} + <usize>place * ${stride}`)
          : `keep(${x}, ${features}, ${templates} + <usize>place * ${stride});`,
        `return load<i32>($${names.count});`,
      ],
    },
  };
}
