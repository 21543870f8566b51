import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const elsewhere = [...configDefaults.exclude, '**/.next/**', '**/.vigia/**'];

/** What sits out an outage of a minute, and hardly works meanwhile, begins first: begun late, all would wait for it. */
class OutagesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isOutage = ({ moduleId }: TestSpecification) => moduleId.endsWith('/redis-outages.integration.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter(isOutage), ...sorted.filter((file) => !isOutage(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: OutagesFirst },
    // What comes in time on a machine that is busy with other things is asked for until it has come.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{lib,runtime,app,cli,scripts,bench}/**/*.test.ts'],
          exclude: [...elsewhere, '**/*.integration.test.ts'],
          // What takes a second takes long on a machine that is busy with other things.
          testTimeout: 30_000,
        },
      },
      {
        // Real Redis, real child processes: `e2e/support/redis-server.ts` starts a server for a suite.
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: elsewhere,
          testTimeout: 60_000,
          hookTimeout: 60_000,
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
