/** Numbers the sources behind a result, so that tables stay narrow and every figure still names where it comes from. */
export interface SourceList {
  /** Number of a source, from 1; the same text gets the same number. */
  number(source: string): number;
  /** All sources so far, in the order of their numbers. */
  texts(): string[];
}

export function sourceList(): SourceList {
  const numbers = new Map<string, number>();
  return {
    number(source) {
      const known = numbers.get(source);
      if (known !== undefined) return known;
      numbers.set(source, numbers.size + 1);
      return numbers.size;
    },
    texts: () => [...numbers.keys()],
  };
}
