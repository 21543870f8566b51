import { expect, test } from 'vitest';
import { formatFor } from '../format/format-for.ts';
import { wrongTold } from '../forms/told.ts';
import { asTyped, asValue, inWords, SETTING_FIELDS, type SettingField } from './fields.ts';
import { problemOf } from './rules.ts';
import { settingsWords } from './words.tsx';

const spelling = { ...formatFor('en'), ...settingsWords.en };
const falada = { ...formatFor('pt-BR'), ...settingsWords['pt-BR'] };

function field(name: SettingField['name']): SettingField {
  const found = SETTING_FIELDS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
}

test.each([
  ['5', 5_000],
  ['0.5', 500],
  ['0,25', 250],
  ['.5', 500],
  [' 2. ', 2_000],
  ['1.0005', 1_000.5],
  ['', null],
  ['a', null],
  ['1e3', null],
  ['-1', null],
])('%j seconds are %j ms', (typed, ms) => {
  expect(asValue(field('periodMs'), typed)).toBe(ms);
});

test('what is shown can be typed again', () => {
  for (const ms of [10, 250, 1_500, 86_400_000]) {
    for (const { decimal } of [spelling, falada]) {
      expect(asValue(field('timeoutMs'), asTyped(field('timeoutMs'), ms, decimal))).toBe(ms);
    }
  }
});

test.each([
  ['periodMs', 1_500, '1.5 s', '1,5 s'],
  ['invoke', 'tick', 'every tick', 'a cada período'],
  ['isolation', 'shared', 'shared process', 'processo compartilhado'],
  ['inputKey', 'metrics', 'metrics', 'metrics'],
] as const)('%s %j reads %j', (name, value, words, palavras) => {
  expect(inWords(field(name), value, spelling)).toBe(words);
  expect(inWords(field(name), value, falada)).toBe(palavras);
});

test.each([
  ['periodMs', '0', 'Must be at least 0.01 s.', 'Deve ser no mínimo 0,01 s.'],
  ['periodMs', '0.0105', 'Must be whole milliseconds.', 'Deve ser um número inteiro de milissegundos.'],
  ['periodMs', 'soon', 'Enter seconds, such as 0.5.', 'Informe segundos, por exemplo 0,5.'],
  ['inputKey', '  ', 'Must not be empty.', 'Não pode ficar vazio.'],
  ['inputKey', 'metrics', undefined, undefined],
  ['handler', 'module.function', undefined, undefined],
] as const)('of %s %j is said: %j', (name, typed, problem, problema) => {
  const wrong = problemOf(field(name), typed);
  expect(wrong === null ? undefined : wrongTold(name, wrong, 'en').text).toBe(problem);
  expect(wrong === null ? undefined : wrongTold(name, wrong, 'pt-BR').text).toBe(problema);
});
