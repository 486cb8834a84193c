/**
 * A small branch predictor of an in-order core, run over the branches of an interpreter: indirect jumps keep their last
 * target in a table of a few entries (least recently used leaves), conditional ones a two-bit counter for each history.
 */
export class Predictor {
  private readonly entries: number;
  private readonly historyMask: number;
  /** Site and target of the indirect jumps remembered, the least recently used first. */
  private readonly jumps: { site: number; target: number }[] = [];
  private readonly counters = new Map<number, number>();
  private history = 0;

  constructor(entries: number, historyBits: number) {
    this.entries = entries;
    this.historyMask = (1 << historyBits) - 1;
  }

  /** Whether the jump was mispredicted; it is then remembered. */
  jump(site: number, target: number): boolean {
    const at = this.jumps.findIndex((j) => j.site === site);
    const known = at >= 0 ? this.jumps.splice(at, 1)[0]! : { site, target: -1 };
    const missed = known.target !== target;
    known.target = target;
    this.jumps.push(known);
    if (this.jumps.length > this.entries) this.jumps.shift();
    return missed;
  }

  /** @param backward Where the branch leads if it is taken: a way back is expected to be taken by one that is not known yet. */
  branch(site: number, taken: boolean, backward = false): boolean {
    const key = site * (this.historyMask + 1) + this.history;
    const counter = this.counters.get(key) ?? (backward && taken ? 2 : 1);
    this.counters.set(key, taken ? Math.min(3, counter + 1) : Math.max(0, counter - 1));
    this.history = ((this.history << 1) | Number(taken)) & this.historyMask;
    return counter >= 2 !== taken;
  }

  /** Other code has run in between. */
  forget(): void {
    this.jumps.length = 0;
  }
}
