import { expect, test } from 'vitest';
import { formatFor } from './format-for.ts';
import { inWords } from './numbers.ts';

const AT = Date.UTC(2025, 10, 21, 15, 46, 5);

test('numbers and times are written as the reader writes them', () => {
  const pt = formatFor('pt-BR');
  expect(inWords(pt.figure(0.1588, 'percent'))).toBe('0,16 %');
  expect(pt.plain(27_337.5)).toBe('27.338');
  expect(pt.duration(2_400)).toBe('2,40 s');
  expect(pt.bytes(3_482)).toBe('3,4 KiB');
  expect(pt.age(2_000)).toBe('há 2 s');
  expect(pt.clock(AT, 'America/Sao_Paulo')).toBe('12:46:05');
  expect(pt.moment(AT, AT, 'America/Sao_Paulo')).toBe('hoje 12:46:05');
  expect(pt.moment(AT, AT + 86_400_000, 'UTC')).toBe('21 de nov. 15:46');
});

test('a language is made once', () => {
  expect(formatFor('en')).toBe(formatFor('en'));
});
