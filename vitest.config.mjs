import { defineConfig } from 'vitest/config';

const shared = {
  // The files of a worker share its loaded modules, and its prepared databases (test/support/database-pool.ts): ADR 0012.
  isolate: false,
  pool: 'forks',
  // No test asserts speed: the limits only end what hangs, also on a slow, busy machine.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  teardownTimeout: 60_000,
};

export default defineConfig({
  test: {
    maxWorkers: 3,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'seed/**/*.test.ts', 'bench/**/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'service',
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
