import { expect, test } from 'vitest';
import { asTyped, asValue, inWords, SETTING_FIELDS, type SettingField } from './fields.ts';
import { problemOf } from './rules.ts';

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
    expect(asValue(field('timeoutMs'), asTyped(field('timeoutMs'), ms))).toBe(ms);
  }
});

test.each([
  ['periodMs', 1_500, '1.5 s'],
  ['invoke', 'tick', 'every tick'],
  ['isolation', 'shared', 'shared process'],
  ['inputKey', 'metrics', 'metrics'],
] as const)('%s %j reads %j', (name, value, words) => {
  expect(inWords(field(name), value)).toBe(words);
});

test.each([
  ['periodMs', '0', 'Must be at least 0.01 s.'],
  ['periodMs', '0.0105', 'Must be whole milliseconds.'],
  ['periodMs', 'soon', 'Enter seconds, such as 0.5.'],
  ['inputKey', '  ', 'Must not be empty.'],
  ['inputKey', 'metrics', null],
  ['handler', 'module.function', null],
] as const)('of %s %j is said: %j', (name, typed, problem) => {
  expect(problemOf(field(name), typed)).toBe(problem);
});
