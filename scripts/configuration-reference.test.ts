import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { environment } from '../lib/config/environment.ts';
import { configurationReference } from './configuration-reference.ts';

test('docs/configuration.md is what the definitions say; `npm run docs` writes it', async () => {
  const written = await readFile(new URL('../docs/configuration.md', import.meta.url), 'utf8');
  expect(written).toBe(configurationReference());
});

test('every setting is in it, with its other names', () => {
  const lines = configurationReference().split('\n');
  for (const name of Object.keys(environment.shape)) {
    expect(
      lines.filter((line) => line.startsWith(`| \`${name}\``)),
      name,
    ).toHaveLength(1);
  }
  expect(lines.find((line) => line.startsWith('| `MONITORING_PERIOD`'))).toContain('`POLL_INTERVAL_SECONDS`');
});
