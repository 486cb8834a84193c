/**
 * Raw samples are counts of at most 24 bits, the widest converter of a wearable sensor. A host refuses larger ones;
 * the kernel clamps them, so that every later bound holds whatever arrives.
 */
export const RAW_LIMIT = 2 ** 23 - 1;

/** Largest difference of two raw counts. */
export const DIFFERENCE_LIMIT = 2 * RAW_LIMIT;
