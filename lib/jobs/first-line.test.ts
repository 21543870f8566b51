import { expect, test } from 'vitest';
import { firstLineOf } from './first-line.ts';

test.each([
  ['print(1)\nprint(2)', 'print(1)'],
  ['\n  \r\n\timport os\r\n', 'import os'],
  ['#!/usr/bin/env bash\n\n# counts lines\nwc -l', '# counts lines'],
  ['#!/bin/sh', ''],
  ['\n'.repeat(10_000), ''],
  ['x'.repeat(100), 'x'.repeat(80)],
  ['😀'.repeat(100), '😀'.repeat(80)],
])('of %j it is %j', (code, line) => {
  expect(firstLineOf(code)).toBe(line);
});
