/** Proofs that accumulators cannot overflow, whatever the input (docs/numbers.md, section 4). */
import { kernelRefusals } from '../../common/refusals/index.ts';
import type { AccumulatorProof } from '../../kernel/evidence.ts';

/** Largest magnitude of an int16 value: saturation may leave -32768. */
export const INT16_MAGNITUDE = 32768;
/** Largest magnitude of a Q15 value that comes from tanh, sigmoid or an LSTM. */
export const Q15_MAGNITUDE = 32767;
export const INT32_LIMIT = 2 ** 31 - 1;
export const INT64_LIMIT = 2 ** 63;

/** The worst of several rows, held against a limit. Refused (ESC301) when it does not fit. */
export function prove(
  layer: string,
  what: string,
  bounds: ArrayLike<number>,
  limit = INT32_LIMIT,
): AccumulatorProof {
  let row = 0;
  for (let r = 1; r < bounds.length; r++) if (bounds[r] > bounds[row]) row = r;
  const worstCase = bounds.length > 0 ? bounds[row] : 0;
  if (!(worstCase <= limit)) throw kernelRefusals.accumulatorOverflow(layer, worstCase);
  return { where: bounds.length > 1 ? `${what}, row ${row}` : what, worstCase, limit };
}
