import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes minutes goes first, or the last of it runs alone at the end; the rest as vitest has it, the largest files first. */
const slowest = [
  'test/timing/validation.test.ts',
  'test/timing/flow.test.ts',
  'test/systems/worst-case.test.ts',
];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const first = slowest.flatMap((path) => sorted.filter(({ moduleId }) => moduleId.endsWith(path)));
    return [...first, ...sorted.filter((file) => !first.includes(file))];
  }
}

export default defineConfig({
  test: {
    include: ['{cli,common,generator,kernel,report,sim,boards,test}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    isolate: false,
    sequence: { sequencer: SlowestFirst },
    reporters: ['default'],
  },
});
