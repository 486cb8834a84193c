/**
 * Multiplications by constants as additions of shifted registers (gcc's expmed.c, synth_mult), where the core's costs make those cheaper: two of them
 * on the Cortex-M4 and M33, one on the Cortex-A8, none on the Cortex-A7, whose costs charge the shift of an operand as much as a multiplication.
 *
 *   11 x = x + ((x + (x << 2)) << 1)        31 x = (x << 5) - x        100 x takes three, so it is multiplied
 */
import { isConst, resolve, type Graph, type Node } from './ir.ts';

/** sign * (a << shift) + other * b, over values made before: 0 is x itself, 1 what the first step made. */
interface Step {
  a: number;
  shift: number;
  sign: 1 | -1;
  b: number | null;
  other: 1 | -1;
}

const signs: readonly (readonly [1 | -1, 1 | -1])[] = [
  [1, 1],
  [1, -1],
  [-1, 1],
];

function stepsFrom(values: readonly number[]): { step: Step; value: number }[] {
  const found: { step: Step; value: number }[] = [];
  const last = values.length - 1;
  values.forEach((u, a) => {
    for (let shift = 1; shift < 32; shift++) {
      const shifted = u << shift;
      if (a === last) found.push({ step: { a, shift, sign: 1, b: null, other: 1 }, value: shifted });
      values.forEach((v, b) => {
        if (a !== last && b !== last) return;
        for (const [sign, other] of signs)
          found.push({ step: { a, shift, sign, b, other }, value: (sign * shifted + other * v) | 0 });
      });
    }
  });
  return found;
}

/** The steps that make a multiple, null where it takes more than `most`. */
export function shiftsFor(multiple: number, most: number): Step[] | null {
  if (most < 1) return null;
  const first = stepsFrom([1]);
  const one = first.find(({ value }) => value === multiple);
  if (one) return [one.step];
  if (most < 2) return null;
  for (const { step, value } of first) {
    if (step.b === null) continue;
    const second = stepsFrom([1, value]).find((s) => s.value === multiple);
    if (second) return [step, second.step];
  }
  return null;
}

const known = new Map<string, Step[] | null>();

function remembered(multiple: number, most: number): Step[] | null {
  const key = `${multiple} ${most}`;
  let steps = known.get(key);
  if (steps === undefined) known.set(key, (steps = shiftsFor(multiple, most)));
  return steps;
}

export function multiplyByShifts(g: Graph, most: number): void {
  for (const b of g.blocks) {
    const out: Node[] = [];
    for (const n of b.nodes) {
      const [x, c] = n.args.map(resolve);
      const constant = n.op === 'mul' && n.type === 'i32' && isConst(c!);
      const steps = constant ? remembered(Number(c!.value), most) : null;
      if (steps) {
        const values = [x!];
        steps.forEach((s, i) => {
          const make = (op: string, args: Node[]): Node => {
            const node = g.node(b, op, 'i32', args, { origin: n.origin });
            out.push(node);
            return node;
          };
          const by = g.constant('i32', BigInt(s.shift));
          const from = values[s.a]!;
          const isLast = i === steps.length - 1;
          if (s.b === null) {
            // Only the last step is a shift alone.
            Object.assign(n, { op: 'shl', args: [from, by] });
            return;
          }
          const shifted = make('shl', [from, by]);
          const other = values[s.b]!;
          const [op, args] =
            s.sign === s.other
              ? ['add', [other, shifted]]
              : ['sub', s.sign === 1 ? [shifted, other] : [other, shifted]];
          if (isLast) Object.assign(n, { op, args });
          else values.push(make(op as string, args as Node[]));
        });
      }
      out.push(n);
    }
    b.nodes = out;
  }
}
