import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{cli,common,generator,kernel,report,sim,boards,test}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    isolate: false,
    reporters: process.env.CI ? ['default'] : ['default'],
  },
});
