import { expect, test } from 'vitest';
import { endpoints } from '#lib/api/endpoints';
import { readDocument } from './document.ts';

test('the page shows every endpoint that the document has, and each model that one of them names', () => {
  const { sections, models } = readDocument();
  const shown = sections.flatMap(({ operations }) => operations);
  expect(new Set(shown.map(({ method, path }) => `${method} ${path}`))).toEqual(
    new Set(endpoints.map(({ method, path }) => `${method} /api/v1${path}`)),
  );
  expect(shown.flatMap((each) => each['x-codeSamples'])).toHaveLength(endpoints.length);
  const names = new Set(models.map(([name]) => `#/components/schemas/${name}`));
  const named = JSON.stringify([shown, models]).matchAll(/"(#\/components\/[^"]+)"/g);
  expect([...named].filter(([, ref = '']) => !names.has(ref))).toEqual([]);
});
