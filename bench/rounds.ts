/**
 * Contenders in turns: one batch of calls each, round after round, so that what disturbs the machine disturbs all of them.
 * A contender's time is the median over rounds of the mean of a batch.
 */
export interface Contender {
  name: string;
  /** Does the work once. */
  run(): unknown;
}

export interface Timing {
  name: string;
  medianMs: number;
  /** Quartiles over the rounds. */
  lowerMs: number;
  upperMs: number;
  /** Of the round that was disturbed least. */
  fastestMs: number;
}

export interface Rounds {
  rounds: number;
  calls: number;
  /** Calls before the first round: engines compile hot code late. */
  warmUp: number;
}

export async function inTurns(contenders: readonly Contender[], plan: Rounds): Promise<Timing[]> {
  const batch = async ({ run }: Contender, calls: number): Promise<number> => {
    const start = performance.now();
    for (let k = 0; k < calls; k++) {
      const result = run();
      if (result instanceof Promise) await result;
    }
    return (performance.now() - start) / calls;
  };
  for (const contender of contenders) await batch(contender, plan.warmUp);
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < plan.rounds; round++)
    for (const [c, contender] of contenders.entries()) times[c]!.push(await batch(contender, plan.calls));
  return contenders.map(({ name }, c) => {
    const sorted = times[c]!.sort((a, b) => a - b);
    const quantile = (q: number): number => sorted[Math.round(q * (sorted.length - 1))]!;
    return {
      name,
      medianMs: quantile(0.5),
      lowerMs: quantile(0.25),
      upperMs: quantile(0.75),
      fastestMs: sorted[0]!,
    };
  });
}
