import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const APP = join(import.meta.dirname, '..');
const sources = globSync('**/*.{ts,tsx,js,jsx,mjs}', { cwd: APP });

test('all that pages answer to but reads goes through the table of endpoints: there is no other route, and no action', () => {
  expect(sources.filter((path) => /(^|\/)route\.\w+$/.test(path))).toEqual(['api/v1/[[...path]]/route.ts']);
  const holds = (path: string, text: RegExp) => text.test(readFileSync(join(APP, path), 'utf8'));
  expect(sources.filter((path) => holds(path, /^\s*['"]use server['"]/m))).toEqual([]);
  // Either would answer, or change what is asked, before anything of ours does.
  const root = globSync('{proxy,middleware,instrumentation}.{ts,js,mjs}', { cwd: join(APP, '..') });
  expect(root).toEqual([]);
  expect(globSync('src/**', { cwd: join(APP, '..') })).toEqual([]);
});
