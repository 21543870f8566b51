import { expect, test } from 'vitest';
import { jobLanguageOf } from './job-language.ts';

test.each([
  ['a.py', '', 'python'],
  ['A.PY', '#!/bin/bash', 'python'],
  ['a.cjs', '', 'node'],
  ['a', '#!/usr/bin/env -S python3.12 -u\n', 'python'],
  ['a', '#! /usr/bin/env LANG=C node\n', 'node'],
  ['a.txt', '#!/bin/sh', 'bash'],
  ['-', '#!/usr/bin/node', 'node'],
  ['-', 'print(1)', 'python'],
])('%s with %j is %s', (file, code, language) => expect(jobLanguageOf(file, code)).toBe(language));

test.each([
  ['a', 'print(1)'],
  ['a.rb', '#!/usr/bin/ruby'],
  ['a', '# !/bin/bash'],
])('%s with %j cannot be told', (file, code) => expect(() => jobLanguageOf(file, code)).toThrow('--language'));
