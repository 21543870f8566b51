import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Screen } from './screen.ts';
import { fields, table } from './table.ts';
import { widthOf } from './width.ts';

type Row = { name: string; count: number | null };
const rows: Row[] = [
  { name: 'a', count: 7 },
  { name: 'a rather long name of something', count: 12_345 },
  { name: '日本語', count: null },
  { name: '\x1b[31mred\n', count: 1 },
];
const columns = [
  { title: 'NAME', of: ({ name }: Row) => name, mayCut: true },
  { title: 'COUNT', of: ({ count }: Row) => count, isNumber: true },
] as const;

const plain = (width: number | null): Screen => ({ width, paint: (_style, text) => text });
const linesOf = (screen: Screen) => table(rows, columns, screen).trimEnd().split('\n');

test('columns are aligned, numbers by their end, whatever stands in them', () => {
  expect(linesOf(plain(null))).toEqual([
    'NAME                             COUNT',
    'a                                    7',
    'a rather long name of something  12345',
    '日本語                               –',
    '\\x1b[31mred\\n                        1',
  ]);
});

test('a narrow terminal cuts what may be cut, and nothing else', () => {
  const lines = linesOf(plain(20));
  expect(lines.map(widthOf)).toEqual([20, 20, 20, 20, 20]);
  expect(lines[2]).toBe('a rather lon…  12345');
  expect(linesOf(plain(5))[2]).toBe('a rathe…  12345');
});

test('colours do not change where things stand', () => {
  const painted: Screen = { width: null, paint: (_style, text) => `\x1b[2m${text}\x1b[22m` };
  expect(stripVTControlCharacters(table(rows, columns, painted))).toBe(table(rows, columns, plain(null)));
});

test('fields without a value are left out', () => {
  const text = fields(
    [
      ['One', 1],
      ['Nothing', null],
      ['Longer', 'x\ny'],
    ],
    plain(null),
  );
  expect(text).toBe('One     1\nLonger  x\\ny\n');
});
