import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/support/build-worker.ts', 'test/support/postgres-broker.ts'],
    setupFiles: ['test/support/repeatable-properties.ts'],
    // Both cores of a small machine: left to itself, the runner keeps one back.
    maxWorkers: '100%',
    // What hangs is found in the end; a slow or busy machine is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: process.env['CI'] ? ['default', 'json'] : ['default'],
    outputFile: { json: 'coverage/test-results.json' },
  },
});
