import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{lib,runtime,app,scripts,bench}/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts'],
        },
      },
    ],
  },
});
