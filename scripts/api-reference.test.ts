import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { apiReference } from './api-reference.ts';

test('docs/api.md is what the definitions say; `npm run docs` writes it', async () => {
  const written = await readFile(new URL('../docs/api.md', import.meta.url), 'utf8');
  expect(written).toBe(apiReference());
});
