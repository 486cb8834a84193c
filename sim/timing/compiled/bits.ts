/** Bits of constants, and of what is stored. */
import { isConst, resolve, type Node } from './ir.ts';

/** Bits of a constant. */
export function bitsOf(name: string, value: number | bigint): bigint {
  if (!name.startsWith('f')) return BigInt(value);
  const view = new DataView(new ArrayBuffer(8));
  if (name === 'f64.const') view.setFloat64(0, Number(value));
  else view.setFloat32(0, Number(value));
  return name === 'f64.const' ? view.getBigInt64(0) : BigInt(view.getInt32(0));
}

/** What is left of a value of which only the low bytes are stored: extensions and masks that keep them do nothing. */
export function keptBits(value: Node, bytes: number): Node {
  let kept = value;
  while (
    (bytes === 1 && (kept.op === 'ext8' || kept.op === 'ext16')) ||
    (bytes === 2 && kept.op === 'ext16') ||
    (bytes < 4 && kept.op === 'and' && isConst(kept.args[1]!) && keeps(kept.args[1]!.value, bytes))
  )
    kept = resolve(kept.args[0]!);
  return kept;
}

const keeps = (mask: bigint, bytes: number) => {
  const low = (1n << BigInt(8 * bytes)) - 1n;
  return (mask & low) === low;
};
