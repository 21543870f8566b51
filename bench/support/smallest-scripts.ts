import type { JobLanguage } from '#lib/schemas/job';

/** One line of output, then the end. */
export const smallest = {
  python: 'print(1)',
  node: 'console.log(1)',
  bash: 'echo 1',
} satisfies Record<JobLanguage, string>;
