/** Simulated time: integer nanoseconds, so that a day (8.64e13) is exact and nothing drifts. */
export const toNs = (seconds: number): number => Math.round(seconds * 1e9);
export const toSeconds = (ns: number): number => ns * 1e-9;
