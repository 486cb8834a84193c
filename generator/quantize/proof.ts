/** The worst case of one accumulator, computed from the actual weights and input formats, never from samples. */
export interface AccumulatorProof {
  /** e.g. "lstm forward gate i, row 17" - the worst row of the group is named. */
  where: string;
  /** Largest magnitude that any input can produce, in integer units. */
  worstCase: number;
  /** Limit of the accumulator's type. */
  limit: number;
}
