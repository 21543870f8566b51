import { expect, test } from 'vitest';
import { NO_ANSWER, parseRefusal } from './refusal.ts';
import { refusalTold, wrongTold } from './told.ts';

const fields = [
  { path: 'password', code: 'too_short', limit: 8, message: 'must have at least 8 characters' },
  { path: 'password', code: 'password_is_name', message: 'must not be the name' },
  { path: 'code', code: 'unusable', message: 'the code is empty' },
];
const refusal = parseRefusal(422, { code: 'invalid', detail: 'code: the code is empty', fields }, null);

test('the first problem of a field is told by the code of its rule', () => {
  const wrong = refusal.fields.password ?? { code: '', message: '' };
  expect(wrongTold('password', wrong, 'pt-BR')).toEqual({ text: 'Deve ter no mínimo 8 caracteres.' });
  expect(wrongTold('password', wrong, 'en')).toEqual({ text: 'Must have at least 8 characters.' });
});

test('what only the API says is English, and marked where the page is not', () => {
  const wrong = refusal.fields.code ?? { code: '', message: '' };
  expect(wrongTold('code', wrong, 'pt-BR')).toEqual({ text: 'The code is empty.', lang: 'en' });
  expect(wrongTold('code', wrong, 'en')).toEqual({ text: 'The code is empty.' });
});

test('a name that every object has is no rule', () => {
  expect(wrongTold('toString', { code: 'toString', message: 'no' }, 'pt-BR')).toEqual({ text: 'No.', lang: 'en' });
  expect(wrongTold('toString', { code: 'wrong_format', message: 'no' }, 'pt-BR').text).toBe('O formato não serve.');
});

test('a refusal says in its language what it is, and what the API adds as that has said it', () => {
  const away = parseRefusal(503, { code: 'unavailable', detail: 'No runtime is there to run it' }, '2');
  expect(refusalTold(away, 'pt-BR')).toEqual([
    { text: 'Indisponível no momento.' },
    { text: 'No runtime is there to run it.', lang: 'en' },
  ]);
  expect(refusalTold(away, 'en')).toEqual([{ text: 'No runtime is there to run it.' }]);
  const conflict = parseRefusal(412, { code: 'conflict', detail: 'default has been changed since' }, null);
  expect(refusalTold(conflict, 'pt-BR')).toEqual([{ text: 'Alguém alterou isso enquanto você editava.' }]);
});

test('no answer, and one that is not the API’s, are told as well', () => {
  expect(refusalTold(NO_ANSWER, 'pt-BR')[0]?.text).toContain('não responde');
  expect(refusalTold(parseRefusal(502, '<html>', null), 'pt-BR')).toEqual([{ text: 'O servidor respondeu 502.' }]);
});
