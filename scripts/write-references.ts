import { writeFile } from 'node:fs/promises';
import { apiReference } from './api-reference.ts';
import { cliReference } from './cli-reference.ts';
import { configurationReference } from './configuration-reference.ts';

await writeFile(new URL('../docs/configuration.md', import.meta.url), configurationReference());
await writeFile(new URL('../docs/api.md', import.meta.url), apiReference());
await writeFile(new URL('../docs/cli.md', import.meta.url), cliReference());
