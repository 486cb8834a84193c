/** Samples in a window of a pipeline at a rate: seconds times rate, rounded to the nearest whole number. */
export const samplesIn = (seconds: number, rateHz: number): number => Math.round(seconds * rateHz);
