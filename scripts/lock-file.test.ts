import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';

const lockFile = z.object({
  packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
});

// `npm install` leaves out the binaries of other systems where the registry lacks them, and then `npm ci` refuses the file.
test('the lock file names every optional package', () => {
  const { packages } = lockFile.parse(
    JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')),
  );
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) => {
    const names = Object.keys(optionalDependencies);
    return names.filter((name) => !(`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages));
  });
  expect(missing).toEqual([]);
});
