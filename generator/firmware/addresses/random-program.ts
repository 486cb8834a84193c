/**
 * For tests: arbitrary programs in WebAssembly text. One function of two parameters over a few locals, with nested loops
 * that count, walk pointers, swap and clamp, so that every rule of the analysis gets something to be wrong about.
 * A budget in memory, which the analysis cannot see, ends loops that would run for long.
 */
import fc from 'fast-check';

const LOCALS = 6;
const BUDGET_CELL = 65520;
const TURNS = 400;

export function randomProgram(): fc.Arbitrary<string> {
  return fc.array(statement(3), { minLength: 2, maxLength: 6 }).map(
    (body) => `(module (memory 1 1)
  (func $helper (param i32 i32) (result i32) (i32.add (i32.load16_s (local.get 0)) (i32.mul (local.get 1) (i32.const 4))))
  (func (export "f") (param i32 i32) ${'(local i32) '.repeat(LOCALS - 2)}
  ${body.join('\n  ')}))`,
  );
}

const local = fc.nat(LOCALS - 1);
const constants = fc.oneof(
  fc.nat(64),
  fc.integer({ min: -16, max: 70000 }),
  fc.constantFrom(-1, 31, 255, 1024, 65535, 65536, 0x7fffffff, -0x80000000, -2, -9, 0x7ffffff8, -0x7ffffff8),
);
const unsignedOrNot = ['lt_s', 'lt_u', 'le_s', 'le_u', 'gt_s', 'gt_u', 'ge_s', 'ge_u', 'eq', 'ne'];
const arithmetic = ['add', 'add', 'add', 'sub', 'mul', 'and', 'or', 'xor', 'shl', 'shr_s', 'shr_u'];

function expression(depth: number): fc.Arbitrary<string> {
  const leaf = fc.oneof(
    { weight: 3, arbitrary: local.map((l) => `(local.get ${l})`) },
    { weight: 2, arbitrary: constants.map((c) => `(i32.const ${c})`) },
  );
  if (depth === 0) return leaf;
  const inner = expression(depth - 1);
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(...arithmetic), inner, inner)
        .map(([op, a, b]) => `(i32.${op} ${a} ${b})`),
    },
    { weight: 1, arbitrary: condition(inner) },
    { weight: 1, arbitrary: fc.tuple(inner, inner, condition(inner)).map((p) => `(select ${p.join(' ')})`) },
    { weight: 2, arbitrary: load(inner) },
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([a, b]) => `(call $helper ${a} ${b})`) },
    { weight: 1, arbitrary: fc.tuple(local, inner).map(([l, e]) => `(local.tee ${l} ${e})`) },
    { weight: 1, arbitrary: local.map((l) => magnitude(l)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('rem_u', 'div_u', 'rem_s', 'div_s'), inner, fc.integer({ min: 1, max: 99 }))
        .map(([op, a, c]) => `(i32.${op} ${a} (i32.const ${c}))`),
    },
  );
}

const magnitude = (l: number) => {
  const sign = `(i32.shr_s (local.get ${l}) (i32.const 31))`;
  return `(i32.sub (i32.xor (local.get ${l}) ${sign}) ${sign})`;
};

const load = (address: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.constantFrom('load', 'load8_u', 'load8_s', 'load16_s'), fc.nat(9), address)
    .map(([op, offset, a]) => `(i32.${op} offset=${offset} ${a})`);

const condition = (inner: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...unsignedOrNot), inner, inner).map(([op, a, b]) => `(i32.${op} ${a} ${b})`),
    inner.map((a) => `(i32.eqz ${a})`),
  );

function statement(depth: number): fc.Arbitrary<string> {
  const value = expression(2);
  const simple = fc.oneof(
    fc.tuple(local, value).map(([l, e]) => `(local.set ${l} ${e})`),
    fc.tuple(local, fc.constantFrom(1, 2, 4, -1, -4, 8)).map(([l, step]) => advance(l, step)),
    fc
      .tuple(local, local)
      .map(([a, b]) => `(local.get ${a}) (local.set ${a} (local.get ${b})) (local.set ${b})`),
    fc
      .tuple(fc.constantFrom('store', 'store8', 'store16'), fc.nat(9), value, value)
      .map(([op, offset, a, v]) => `(i32.${op} offset=${offset} ${a} ${v})`),
    load(value).map((e) => `(drop ${e})`),
  );
  if (depth === 0) return simple;
  const body = fc.array(statement(depth - 1), { minLength: 1, maxLength: 4 }).map((s) => s.join(' '));
  return fc.oneof(
    { weight: 3, arbitrary: simple },
    {
      weight: 1,
      arbitrary: fc
        .tuple(condition(value), body, body)
        .map(([c, a, b]) => `(if ${c} (then ${a}) (else ${b}))`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(condition(value), body).map(([c, b]) => `(block $out (br_if $out ${c}) ${b})`),
    },
    { weight: 2, arbitrary: fc.tuple(local, constants, condition(value), body, fc.boolean()).map(anyLoop) },
    {
      weight: 3,
      arbitrary: fc
        .record({
          p: local,
          end: local,
          outer: local,
          border: fc.constantFrom(0, -(2 ** 31)),
          turns: fc.nat(4),
          rounds: fc.integer({ min: 1, max: 6 }),
          length: fc.nat(60),
          step: fc.constantFrom(3, 7, 8),
          early: fc.nat(9),
          op: fc.constantFrom('lt_u', 'lt_s', 'le_u', 'ne'),
          body: fc.oneof(fc.constant(''), body),
        })
        .map(borderLoop),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          local,
          local,
          fc.nat(200),
          fc.constantFrom(1, 3, 7, 8),
          fc.constantFrom(...unsignedOrNot),
          body,
          fc.boolean(),
        )
        .map(walkLoop),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          local,
          local,
          fc.constantFrom(1, 2, 3, 5, -1, -3),
          fc.constantFrom(...unsignedOrNot),
          fc.oneof(
            constants.map((c) => `(i32.const ${c})`),
            local.map((l) => `(local.get ${l})`),
          ),
          body,
        )
        .map(anyStepLoop),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(local, fc.nat(500), fc.nat(60), fc.constantFrom(1, 2, 4, 8), body)
        .map(countingLoop),
    },
  );
}

const advance = (l: number, step: number) =>
  `(local.set ${l} (i32.add (local.get ${l}) (i32.const ${step})))`;

const budget = (
  label: string,
) => `(i32.store (i32.const ${BUDGET_CELL}) (i32.add (i32.load (i32.const ${BUDGET_CELL})) (i32.const 1)))
    (br_if ${label} (i32.gt_s (i32.load (i32.const ${BUDGET_CELL})) (i32.const ${TURNS})))`;

let labels = 0;
/** A loop with any condition at its top or bottom. */
function anyLoop([l, start, condition, body, top]: [number, number, string, string, boolean]): string {
  const id = labels++;
  const test = top ? `(br_if $end${id} ${condition})` : '';
  const again = top ? `(br $loop${id})` : `(br_if $loop${id} ${condition})`;
  return `(local.set ${l} (i32.const ${start})) (block $end${id} (loop $loop${id} ${test} ${budget(`$end${id}`)} ${body} ${again}))`;
}

/** A loop over a pointer that loads from it; the body may spoil the pointer. */
function countingLoop([l, start, turns, step, body]: [number, number, number, number, string]): string {
  const id = labels++;
  return `(local.set ${l} (i32.const ${start})) (block $end${id} (loop $loop${id} ${budget(`$end${id}`)}
    (drop (i32.load8_u (local.get ${l}))) ${body} ${advance(l, step)}
    (br_if $loop${id} (i32.lt_u (local.get ${l}) (i32.const ${start + turns * step})))))`;
}

/** A loop whose pointer starts anywhere, steps by anything and is compared with anything: many wrap around. */
function anyStepLoop([l, spare, step, op, end, body]: [
  number,
  number,
  number,
  string,
  string,
  string,
]): string {
  const id = labels++;
  return `(local.set ${spare} (local.get ${l})) (block $end${id} (loop $loop${id} ${budget(`$end${id}`)}
    (drop (i32.load8_u (local.get ${l}))) ${body} ${advance(l, step)}
    (br_if $loop${id} (i32.${op} (local.get ${l}) ${end}))))`;
}

/** for (end = p + length; p < end; p += step): the pointer may start close to the end of the address space. */
function walkLoop([p, end, length, step, op, body, test]: [
  number,
  number,
  number,
  number,
  string,
  string,
  boolean,
]): string {
  const id = labels++;
  const more = `(i32.${test ? 'lt_u' : op} (local.get ${p}) (local.get ${end}))`;
  return `(local.set ${end} (i32.add (local.get ${p}) (i32.const ${length}))) (block $end${id} (loop $loop${id}
    (if ${more} (then ${budget(`$end${id}`)} (drop (i32.load8_u (local.get ${p}))) ${body} ${advance(p, step)} (br $loop${id})))))`;
}

/** Walks that go on where the last one stopped, and come within a step or so of the place where addresses wrap around. */
function borderLoop(o: {
  p: number;
  end: number;
  outer: number;
  border: number;
  turns: number;
  rounds: number;
  length: number;
  step: number;
  early: number;
  op: string;
  body: string;
}): string {
  const id = labels++;
  const walked = (Math.floor(o.length / o.step) + 1) * o.step;
  const start = (o.border - o.turns * walked - o.length - o.early) | 0;
  return `(local.set ${o.p} (i32.const ${start})) (local.set ${o.outer} (i32.const 0)) (block $end${id} (loop $outer${id}
    (local.set ${o.end} (i32.add (local.get ${o.p}) (i32.const ${o.length})))
    (loop $loop${id} (drop (i32.load8_u (local.get ${o.p}))) ${advance(o.p, o.step)} ${budget(`$end${id}`)}
      (br_if $loop${id} (i32.${o.op} (local.get ${o.p}) (local.get ${o.end}))))
    ${o.body} ${advance(o.outer, 1)}
    (br_if $outer${id} (i32.lt_s (local.get ${o.outer}) (i32.const ${o.rounds})))))`;
}
