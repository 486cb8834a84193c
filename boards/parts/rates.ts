/** Choosing among the rates that a part can make by itself. */

/** A rate counts as the wanted one within this share: "25 Hz" is 24.995 Hz on a MAX86141. */
export const rateTolerance = 0.002;

export const meetsRate = (actualHz: number, wantedHz: number): boolean =>
  actualHz >= wantedHz * (1 - rateTolerance);

/** The lowest rate that meets the wanted one, else the highest there is. `rates` need not be sorted; not empty. */
export function nativeRate(rates: readonly number[], wantedHz: number): number {
  const enough = rates.filter((rate) => meetsRate(rate, wantedHz));
  return enough.length > 0 ? Math.min(...enough) : Math.max(...rates);
}

/** One sentence when the part does not run at the wanted rate; none when it does. */
export function rateNotes(part: string, actualHz: number, wantedHz: number): string[] {
  if (!meetsRate(actualHz, wantedHz)) {
    return [
      `${part} reaches ${round(actualHz)} Hz at most with these settings, below the ${round(wantedHz)} Hz asked for.`,
    ];
  }
  if (actualHz <= wantedHz * (1 + rateTolerance)) return [];
  return [
    `${round(wantedHz)} Hz is not a rate of ${part}: it runs at ${round(actualHz)} Hz and the host resamples.`,
  ];
}

const round = (hz: number): string => String(Number(hz.toPrecision(6)));
