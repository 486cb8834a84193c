/** One benchmark = one file in `benchmarks/` and one line in `run.ts`. */
export interface Benchmark {
  name: string;
  /** What is measured, for the page. */
  title: string;
  /** Lines of Markdown: a table of times and ratios. */
  run(): Promise<string[]>;
  /** Lines of Markdown: what stands behind the figures. */
  limits: readonly string[];
}
