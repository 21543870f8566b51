import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { visibleStrings } from './visible-strings.fixture.ts';

const APP = join(import.meta.dirname, '..');

/** What is written alike in every language: names, formats, units. */
const NO_LANGUAGE =
  /\b(?:Vigia|API|Redis|JSON|CSV|PNG|OpenAPI|Python|JavaScript|TypeScript|uid|https|CPU|GiB|MiB|KiB|ms|s|v|\d+[smhd])\b/g;

/** An example of a name: of a function, a file, a key. */
const EXAMPLE = /^[a-z]*[-./][a-z]+$/;

/** The reference of the API is English, and marked so. */
const REFERENCE = ['docs/fields.tsx', 'docs/operation-panel.tsx', 'docs/type-name.tsx'];

const sources = globSync('**/*.{ts,tsx}', { cwd: APP }).filter((path) => !/(\.(test|fixture)|words)\.tsx?$/.test(path));

function untranslated(path: string): string[] {
  return visibleStrings(readFileSync(join(APP, path), 'utf8'), path.endsWith('.tsx') ? 'tsx' : 'ts')
    .filter(({ text }) => !EXAMPLE.test(text) && /\p{L}/u.test(text.replaceAll(NO_LANGUAGE, '')))
    .map(({ line, text }) => `${path}:${line} ${text}`);
}

test('what is visible is found, however it is written', () => {
  const source = `
    export const metadata = { title: 'One', size: 'not said' };
    export const A = ({ b, of }) => (
      <p className="not said" title="Two" aria-label={b ? 'Three' : \`Four \${of}\`} data-l="not said">
        Five {b && 'Six'} {b ?? ('Seven' + of)} {'…'} {of('not said')} {b === 'not said' ? 'Eight' : null}
        <code translate="no" title="Nine">not said</code>
      </p>
    );`;
  expect(visibleStrings(source, 'tsx').map(({ line, text }) => [line, text])).toEqual([
    [2, 'One'],
    [4, 'Two'],
    [4, 'Three'],
    [4, 'Four'],
    [5, 'Five'],
    [5, 'Six'],
    [5, 'Seven'],
    [5, 'Eight'],
    [6, 'Nine'],
  ]);
});

test('every visible string is among the words of its folder', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((path) => !REFERENCE.includes(path)).flatMap(untranslated)).toEqual([]);
});
