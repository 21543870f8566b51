import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const APP = join(import.meta.dirname, '..');
const sources = globSync('**/*.{ts,tsx,js,jsx,mjs}', { cwd: APP });

test('all that pages answer to but reads goes through the table of endpoints: there is no other route, and no action', async () => {
  expect(sources.filter((path) => /(^|\/)route\.\w+$/.test(path))).toEqual(['api/v1/[[...path]]/route.ts']);
  const holds = (path: string, text: RegExp) => text.test(readFileSync(join(APP, path), 'utf8'));
  expect(sources.filter((path) => holds(path, /^\s*['"]use server['"]/m))).toEqual([]);
  // Either would answer, or change what is asked, before anything of ours does.
  expect(globSync('{proxy,middleware}.{ts,js,mjs}', { cwd: join(APP, '..') })).toEqual([]);
  // This could as well; it only tells of what has failed.
  expect(Object.keys(await import('../../instrumentation.ts'))).toEqual(['onRequestError']);
  expect(globSync('src/**', { cwd: join(APP, '..') })).toEqual([]);
});
