import { writeFile } from 'node:fs/promises';
import { configurationReference } from './configuration-reference.ts';

await writeFile(new URL('../docs/configuration.md', import.meta.url), configurationReference());
