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

/** Not translated yet. Whoever translates one takes it out of here: the last test asks for that. */
const NOT_YET: readonly string[] = [
  'charts/crosshair.tsx',
  'charts/plot-bands.tsx',
  'charts/plot-pointer.tsx',
  'live-page/live-page.tsx',
  'live-page/series-charts.tsx',
  'live-page/toolbar.tsx',
  'live-page/vitals.tsx',
  'overview/function-cell.tsx',
  'overview/load-card.ts',
  'overview/overview.tsx',
  'panels/cpu-gauges.tsx',
  'panels/cpu-heat.tsx',
  'panels/cpu-picker.tsx',
  'panels/csv-button.tsx',
  'panels/event-list.tsx',
  'panels/few-cpus.tsx',
  'panels/many-cpus.tsx',
  'panels/result-columns.ts',
  'panels/results-panel.tsx',
  'panels/results-table.tsx',
  'panels/series-panel.tsx',
  'panels/vital.tsx',
];

const sources = globSync('**/*.{ts,tsx}', { cwd: APP }).filter((path) => !/(\.(test|fixture)|words)\.tsx?$/.test(path));

function untranslated(path: string): string[] {
  return visibleStrings(readFileSync(join(APP, path), 'utf8'))
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
  expect(visibleStrings(source).map(({ line, text }) => [line, text])).toEqual([
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
  expect(sources.filter((path) => ![...REFERENCE, ...NOT_YET].includes(path)).flatMap(untranslated)).toEqual([]);
});

test('what is translated has left the list of what is not', () => {
  expect(NOT_YET.filter((path) => !sources.includes(path) || untranslated(path).length === 0)).toEqual([]);
});
