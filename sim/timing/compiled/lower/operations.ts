/** Which family lowers an operation: one line each. */
import { accessor } from './accessor.ts';
import { resolve, type Node } from '../ir.ts';
import { isComparison } from '../simplify.ts';
import { add, subtract } from './add.ts';
import { addWithCarry, carry, carryOf } from './carry.ts';
import { call } from './call.ts';
import { depthCheck, divisionCheck, guard, guard64 } from './check.ts';
import { truth } from './compare.ts';
import { countOnes, countZeros, extend, swapBytes } from './count.ts';
import { divide } from './divide.ts';
import { float } from './float.ts';
import { readGlobal, readPool, readWideGlobal, writeGlobal } from './global.ts';
import { logic } from './logic.ts';
import type { Lowering } from './lowering.ts';
import { access } from './memory.ts';
import { multiply } from './multiply.ts';
import { select } from './select.ts';
import { shift } from './shift.ts';
import { addWide } from './wide-add.ts';
import { logicWide } from './wide-logic.ts';
import { multiplyWide } from './wide-multiply.ts';
import { shiftWide } from './wide-shift.ts';
import { kept } from '../machine.ts';
import { wideDivide } from './wide-divide.ts';
import { bothParameters, rareWide, signExtend, wrap, zeroExtend } from './widen.ts';

export type Lower = (l: Lowering, n: Node) => void;

/** A family that takes the register of the result and two operands. */
const binary =
  (family: (l: Lowering, to: number, a: Node, b: Node, op: string) => void): Lower =>
  (l, n) =>
    family(l, l.result(n), resolve(n.args[0]!), resolve(n.args[1]!), n.op);

const summed =
  (lower: Lower): Lower =>
  (l, n) => {
    const asked = carryOf(l, n);
    return asked ? addWithCarry(l, n, asked) : lower(l, n);
  };

const forAll = (lower: Lower, ops: string): [string, Lower][] => ops.split(' ').map((op) => [op, lower]);

const copy: Lower = (l, n) => {
  const from = l.value(resolve(n.args[0]!));
  l.emit('move', kept, [l.result(n)], [from], { copy: true, wide: 0 });
};

const narrow: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ...forAll(readGlobal, 'base size global pages'),
  ['pool', readPool],
  ['setglobal', writeGlobal],
  ...forAll(access, 'load store'),
  ['address', binary(add)],
  ['add', summed(binary(add))],
  ['sub', summed(binary(subtract))],
  ['carry', carry],
  ['mul', binary(multiply)],
  ...forAll(binary(logic), 'and or xor'),
  ...forAll(binary(shift), 'shl shr_s shr_u rotl rotr'),
  ...forAll(extend, 'ext8 ext16'),
  ...forAll(countZeros, 'clz ctz'),
  ['popcnt', countOnes],
  ['bswap', swapBytes],
  ...forAll(divide, 'div_s div_u rem_s rem_u'),
  ['select', select],
  ['call', call],
  ['accessor', accessor],
  ['float', float],
  ['guard', guard],
  ['guard64', guard64],
  ['divcheck', divisionCheck],
  ['enter', depthCheck],
  ['forced', () => {}],
  ['copy', copy],
]);

/** Results or operands of 64 bits. */
const wide: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ['param', bothParameters],
  ['load', access],
  ['global', readWideGlobal],
  ['popcnt', countOnes],
  ['wrap', wrap],
  ['sext', signExtend],
  ['zext', zeroExtend],
  ...forAll(summed(addWide), 'add sub'),
  ['carry', carry],
  ['mul', multiplyWide],
  ...forAll(logicWide, 'and or xor'),
  ...forAll(shiftWide, 'shl shr_s shr_u rotl rotr'),
  ['select', select],
  ...forAll(wideDivide, 'div_s div_u rem_s rem_u'),
  ['call', call],
  ['accessor', accessor],
  ['float', float],
]);

/** A parameter, or a value that needs no code. */
const nothing: Lower = (l, n) => void l.result(n);

export const operations = (n: Node): Lower => narrow.get(n.op) ?? (isComparison(n) ? truth : nothing);
export const wideOperations = (n: Node): Lower => wide.get(n.op) ?? (isComparison(n) ? truth : rareWide);
