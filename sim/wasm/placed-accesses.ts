/**
 * Where each access to memory of a module was proved to go, for code that `escapement export` rewrites access by access (docs/firmware.md). The proof is the
 * generator's; it comes here as data.
 */

/**
 *     flash  in the constants       ram    in the memory that the kernel writes
 *     any    checked at run time    never  never reached
 */
export type AccessKind = 'flash' | 'ram' | 'any' | 'never';

export interface PlacedAccesses {
  /** By function, by the access's place in the function's body. */
  kinds: readonly ReadonlyMap<number, AccessKind>[];
  /** What accesses that are checked may touch: [first, end). */
  ram: { first: number; end: number };
  /** Constants are read from an array of their own, where that is so. */
  flash: { first: number; end: number } | null;
}
