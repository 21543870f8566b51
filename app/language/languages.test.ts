import { expect, test } from 'vitest';
import { parseLanguage, preferredLanguage } from './languages.ts';

test.each([
  [null, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['pt-BR,pt;q=0.9,en;q=0.8', 'pt-BR'],
  ['pt-PT', 'pt-BR'],
  ['PT', 'pt-BR'],
  ['en-GB, pt-BR;q=0.9', 'en'],
  ['de, pt;q=0.4, en;q=0.6', 'en'],
  ['de-CH, pt;q=0.4', 'pt-BR'],
  ['pt;q=0, en;q=0.1', 'en'],
  ['pt;q=nonsense, en', 'en'],
] as const)('a browser that asks for %j reads %s', (asked, language) => {
  expect(preferredLanguage(asked)).toBe(language);
});

test('a language is known by its exact tag', () => {
  expect(parseLanguage('pt-BR')).toBe('pt-BR');
  expect(parseLanguage('pt')).toBeNull();
  expect(parseLanguage('toString')).toBeNull();
  expect(parseLanguage(undefined)).toBeNull();
});
