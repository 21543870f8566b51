import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { cliReference } from './cli-reference.ts';

test('docs/cli.md is what the commands say; `npm run docs` writes it', async () => {
  const written = await readFile(new URL('../docs/cli.md', import.meta.url), 'utf8');
  expect(written).toBe(cliReference());
});
