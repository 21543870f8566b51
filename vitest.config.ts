import { configDefaults, defineConfig } from 'vitest/config';

const elsewhere = [...configDefaults.exclude, '**/.next/**', '**/.vigia/**'];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{lib,runtime,app,cli,scripts,bench}/**/*.test.ts'],
          exclude: [...elsewhere, '**/*.integration.test.ts'],
        },
      },
      {
        // Real Redis, real child processes: `e2e/support/redis-server.ts` starts a server for a suite.
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: elsewhere,
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        // The whole program in a browser, after all else, two files at a time: each starts half a dozen processes.
        extends: true,
        test: {
          name: 'e2e',
          setupFiles: 'e2e/support/set-up.ts',
          include: ['e2e/**/*.test.ts'],
          exclude: [...elsewhere, '**/*.integration.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Only where nothing was asserted: everything that a browser does has a limit of its own far below this one,
          // so it is the browser that has stopped answering. What went on is printed all the same.
          retry: { count: 1, condition: /^Test timed out/ },
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
