/**
 * In what order gcc 12 names the values of wasm2c's accessors, `i32_load` and the like, when it inlines them. Names count up; a comparison keeps the value
 * with the lower one first, and match.pd drops the widening of both sides only where the first has no other use: so the order decides
 * which bounds checks compare 32 bits and which 64 (checks.ts).
 *
 * Stores, and loads that widen to 64 bits, are small enough for the early inliner, which goes forward. Other loads wait for the interprocedural one: all their
 * names come later, and within a stretch of code without branches it goes backward.
 */
const lateBase = 1e9;
const stretchLength = 1e4;

/** Loads, but for those that widen to 64 bits: their accessors wait for the interprocedural inliner. */
export const isLateAccess = (name: string): boolean => name.includes('.load') && !/^i64\.load\d/.test(name);

/** Whether a check belongs to an accessor that the interprocedural inliner took. */
export const isLate = (check: { rank: number }): boolean => check.rank >= lateBase;

export class InlineOrder {
  private early = 0;
  private stretch = 0;
  private inStretch = 0;

  /** Something branches: an early check, a division, a choice. */
  branches(): void {
    this.stretch++;
    this.inStretch = 0;
  }

  /** Rank of the check of the next access. */
  next(late: boolean): number {
    if (late) return lateBase + this.stretch * stretchLength + stretchLength - ++this.inStretch;
    this.branches();
    return ++this.early;
  }
}
