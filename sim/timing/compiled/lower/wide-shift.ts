/** Shifts of 64 bits: by constants, and by variables with 32 - n and n - 32. */
import { isConst, resolve, type Node } from '../ir.ts';
import { signedRange } from '../signed-range.ts';
import type { Lowering } from './lowering.ts';
import { wordConstant } from './wide-operand.ts';

export function shiftWide(l: Lowering, n: Node): void {
  const [a, b] = n.args.map(resolve) as [Node, Node];
  if (n.op.startsWith('rot')) return rotate(l, n, a, b);
  const high = l.needs(n, 1);
  if (isConst(b)) shiftByConstant(l, n, a, Number(b.value), high);
  else shiftByVariable(l, n, a, b, high);
}

function shiftByConstant(l: Lowering, n: Node, a: Node, by: number, high: boolean): void {
  const s = by & 63;
  const low = l.needs(n, 0);
  if (n.op === 'shl' && s <= l.doublings && high) return double(l, n, a, s);
  const funnel = (to: number, main: number, other: number) => {
    const t = l.fresh();
    l.emit('shift', 'lsr #', [t], [main], { immediate: true, wide: 0.3 });
    l.alu('orr lsl', to, [t, other], { shifted: true, wide: 1 });
  };
  if (n.op === 'shl') {
    if (s >= 32) {
      if (high) {
        if (s === 32) l.set(n, 1, l.value(a, 0));
        else
          l.emit('shift', 'lsl #', [l.result(n, 1)], [l.value(a, 0)], {
            immediate: true,
            wide: 0.3,
          });
      }
      if (low) l.set(n, 0, l.constant(0));
      return;
    }
    if (high) funnel(l.result(n, 1), l.value(a, 1), l.value(a, 0));
    if (low) l.emit('shift', 'lsl #', [l.result(n, 0)], [l.value(a, 0)], { immediate: true, wide: 0.3 });
    return;
  }
  const upper = (half: number, amount: number) => {
    const text = n.op === 'shr_s' ? `asr #${amount}` : `lsr #${amount}`;
    const from = l.value(a, 1);
    const key = `${text} ${from}`;
    const known = l.words.get(key);
    if (known !== undefined) return void l.set(n, half, known);
    const to = l.result(n, half);
    l.emit('shift', text, [to], [from], { immediate: true, wide: 0.3 });
    l.words.set(key, to);
  };
  if (s >= 32) {
    if (s === 32) l.set(n, 0, l.value(a, 1));
    else if (low) upper(0, s - 32);
    if (high) {
      if (n.op === 'shr_u') l.set(n, 1, l.constant(0));
      else upper(1, 31);
    }
    return;
  }
  if (low) funnel(l.result(n, 0), l.value(a, 0), l.value(a, 1));
  if (high) upper(1, s);
}

/** x + x as often as it takes, each with its carry. */
function double(l: Lowering, n: Node, a: Node, times: number): void {
  let [low, high] = [l.value(a, 0), l.value(a, 1)];
  for (let i = 1; i <= times; i++) {
    const to = i === times ? [l.result(n, 0), l.result(n, 1)] : [l.fresh(), l.fresh()];
    l.alu('adds', to[0]!, [low, low], { setsFlags: true, wide: 0.2 });
    l.alu('adc', to[1]!, [high, high], { readsFlags: true, wide: 0.3 });
    [low, high] = to as [number, number];
  }
}

/** Both words from both words; by 32 they change places. */
function rotate(l: Lowering, n: Node, a: Node, b: Node): void {
  if (!isConst(b)) return rotateByVariable(l, n, a, b);
  const s = Number(b.value & 63n);
  const words = [l.value(a, 0), l.value(a, 1)];
  const halves = l.needs(n, 1) ? [0, 1] : [0];
  if (s === 32) return halves.forEach((half) => void l.set(n, half, words[1 - half]!));
  const left = n.op === 'rotl' ? s : 64 - s;
  const shift = left < 32 ? 'lsl #' : 'lsr #';
  for (const half of halves) {
    const t = l.fresh();
    l.emit('shift', shift, [t], [words[left < 32 ? half : 1 - half]!], { immediate: true, wide: 0.3 });
    l.alu('orr shift', l.result(n, half), [t, words[left < 32 ? 1 - half : half]!], {
      shifted: true,
      wide: 1,
    });
  }
}

/** wasm2c shifts both ways, by n and by 64 - n, each masked. */
function rotateByVariable(l: Lowering, n: Node, a: Node, b: Node): void {
  const by = distance(l, 'and #63', { amount: l.value(b, 0), of: b });
  const negative = distance(l, 'rsb #0', { amount: by, of: b });
  const back = distance(l, 'and #63', { amount: negative, of: b });
  const words: [number, number] = [l.value(a, 0), l.value(a, 1)];
  const [one, other] = n.op === 'rotl' ? [by, back] : [back, by];
  const halves = l.needs(n, 1) ? [0, 1] : [0];
  const left: [number, number] = [l.fresh(), l.fresh()];
  const right: [number, number] = [l.fresh(), l.fresh()];
  const high = halves.length > 1;
  shiftLeft(l, { words, amount: one, of: b, to: left, high });
  shiftRight(l, { words, amount: other, of: b, to: right, high }, false, true);
  for (const half of halves) l.alu('orr', l.result(n, half), [left[half]!, right[half]!], { wide: 0.4 });
}

function shiftByVariable(l: Lowering, n: Node, a: Node, b: Node, high: boolean): void {
  // C masks the amount to six bits.
  const amount = isSmall(b) ? l.value(b, 0) : distance(l, 'and #63', { amount: l.value(b, 0), of: b });
  if (wordConstant(a, 1) === 0 && n.op !== 'shr_s') return shiftWord(l, n, a, amount, { of: b, high });
  const words: [number, number] = [l.value(a, 0), l.value(a, 1)];
  const to = (half: number) => (l.needs(n, half) ? l.result(n, half) : l.fresh());
  const result: [number, number] = [to(0), to(1)];
  const parts = { words, amount, of: b, to: result, high };
  if (n.op === 'shl') shiftLeft(l, parts);
  else shiftRight(l, parts, n.op === 'shr_s', l.needs(n, 0));
}

/** Where the upper word is zero, what shifts it is folded away (cse1). */
function shiftWord(
  l: Lowering,
  n: Node,
  a: Node,
  amount: number,
  { of, high }: Pick<Parts, 'of' | 'high'>,
): void {
  const x = l.value(a, 0);
  const shift = n.op === 'shl' ? 'lsl' : 'lsr';
  if (high && n.op === 'shl') {
    const over = distance(l, 'sub #32', { amount, of });
    const down = distance(l, 'rsb #32', { amount, of });
    const [p, q] = [l.fresh(), l.fresh()];
    l.emit('shift', 'lsl', [p], [x, over], { wide: 0.7 });
    l.emit('shift', 'lsr', [q], [x, down], { wide: 0.7 });
    l.alu('orr', l.result(n, 1), [p, q], { wide: 0.5 });
  } else if (high) l.set(n, 1, l.constant(0));
  if (l.needs(n, 0)) l.emit('shift', shift, [l.result(n, 0)], [x, amount], { wide: 0.7 });
}

/** Amounts that a mask leaves alone. */
function isSmall(amount: Node): boolean {
  const n = resolve(amount);
  if (n.op === 'and')
    return n.args.some((x) => isConst(resolve(x)) && resolve(x).value >= 0n && resolve(x).value < 64n);
  const { low, high } = signedRange(n.op === 'zext' || n.op === 'sext' ? n.args[0]! : n);
  return n.op !== 'and' && n.op !== 'load' && low >= 0 && high < 64;
}

type Words = readonly [number, number];

interface Parts {
  words: Words;
  amount: number;
  /** The value that the amount comes from. */
  of: Node;
  to: Words;
  high: boolean;
}

/** What is made of the amount alone: before the loop where that does not change in it. */
function distance(
  l: Lowering,
  text: string,
  { amount, of }: Pick<Parts, 'amount' | 'of'>,
  setsFlags = false,
): number {
  const to = l.fresh();
  const { loop } = l.block;
  const saved = l.code;
  if (!setsFlags && loop?.preheader && !loop.blocks.has(resolve(of).block)) {
    if (!l.hoisted.has(loop.preheader)) l.hoisted.set(loop.preheader, []);
    l.code = l.hoisted.get(loop.preheader)!;
  }
  l.alu(text, to, [amount], { immediate: true, setsFlags, wide: 1 });
  l.code = saved;
  return to;
}

/** The upper word is x1 << n | x0 >> (32 - n) | x0 << (n - 32): amounts beyond a word shift everything out. */
function shiftLeft(l: Lowering, parts: Parts): void {
  const { words, amount, to } = parts;
  const [x0, x1] = words;
  if (parts.high) {
    const over = distance(l, 'sub #32', parts);
    const down = distance(l, 'rsb #32', parts);
    const [p, q, r, t] = [l.fresh(), l.fresh(), l.fresh(), l.fresh()];
    l.emit('shift', 'lsl', [p], [x1, amount], { wide: 0.7 });
    l.emit('shift', 'lsl', [q], [x0, over], { wide: 0.7 });
    l.emit('shift', 'lsr', [r], [x0, down], { wide: 0.7 });
    l.alu('orr', t, [p, q], { wide: 0.5 });
    l.alu('orr', to[1], [t, r], { wide: 0.5 });
  }
  l.emit('shift', 'lsl', [to[0]], [x0, amount], { wide: 0.7 });
}

/** The lower word is x0 >> n | x1 << (32 - n) | x1 >> (n - 32), the last of them only from 32 on where the sign comes in. */
function shiftRight(l: Lowering, parts: Parts, signed: boolean, low: boolean): void {
  const { words, amount, to } = parts;
  const [x0, x1] = words;
  if (low) {
    const up = distance(l, 'rsb #32', parts);
    const [p, q, r, t] = [l.fresh(), l.fresh(), l.fresh(), l.fresh()];
    l.emit('shift', 'lsl', [p], [x1, up], { wide: 0.9 });
    l.emit('shift', 'lsr', [q], [x0, amount], { wide: 0.9 });
    if (signed) {
      const over = distance(l, 'subs #32', parts, true);
      l.alu('orr', to[0], [p, q], { wide: 1 });
      l.ifThen(2);
      l.emit('shift', 'asr', [r], [x1, over], { wide: 0.9, readsFlags: true });
      l.alu('orr', to[0], [to[0], r], { wide: 0.3, readsFlags: true, conditional: true });
    } else {
      const over = distance(l, 'sub #32', parts);
      l.emit('shift', 'lsr', [r], [x1, over], { wide: 0.9 });
      l.alu('orr', t, [p, q], { wide: 0.3 });
      l.alu('orr', to[0], [t, r], { wide: 0.3 });
    }
  }
  if (parts.high) l.emit('shift', signed ? 'asr' : 'lsr', [to[1]], [x1, amount], { wide: 0.7 });
}
