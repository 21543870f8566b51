import { expect, test } from 'vitest';
import { processEnded, timedOutAt } from '#lib/functions/failure-sentences';
import { failureText } from './failure-text.ts';

test.each([
  [timedOutAt(3_000), 'tempo esgotado em 3,0 s'],
  [timedOutAt(300), 'tempo esgotado em 0,30 s'],
  [processEnded('exited with code 3', false), 'o processo da função terminou com o código 3'],
  [processEnded('was killed by SIGKILL', true), 'o processo da função foi encerrado por SIGKILL enquanto carregava'],
  // What a language or an author says stays as it was said.
  ['TimeoutError: timed out at 3.0 s', 'TimeoutError: timed out at 3.0 s'],
  ["KeyError: 'cpu_percent-0'", "KeyError: 'cpu_percent-0'"],
])('%s', (message, inPortuguese) => {
  expect([failureText(message, 'en'), failureText(message, 'pt-BR')]).toEqual([message, inPortuguese]);
});
