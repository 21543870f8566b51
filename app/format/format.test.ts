import { describe, expect, test } from 'vitest';
import { formatFor } from './format-for.ts';
import { indentJson, jsonRows } from './json-text.ts';
import { inWords } from './numbers.ts';
import { zoneOrUtc } from './zone.ts';

const { age, clock, decimal, duration, figure, length, moment, plain } = formatFor('en');

describe('JSON is indented without reading it', () => {
  const indented = (text: string) =>
    indentJson(text)
      .map((token) => token.text)
      .join('');

  test.each([
    ['{"a": 20.0, "b": [1, -0.0], "c": {}}', '{\n  "a": 20.0,\n  "b": [\n    1,\n    -0.0\n  ],\n  "c": {}\n}'],
    ['{"a":9007199254740993}', '{\n  "a": 9007199254740993\n}'],
    ['[NaN, -Infinity, 1e400]', '[\n  NaN,\n  -Infinity,\n  1e400\n]'],
    ['{"a": "x \\" } , : y"}', '{\n  "a": "x \\" } , : y"\n}'],
    ['{"a": 1, "a": 2}', '{\n  "a": 1,\n  "a": 2\n}'],
    ['42', '42'],
    ['', ''],
  ])('%s', (text, expected) => expect(indented(text)).toBe(expected));

  test('an already indented text stays as it is', () => {
    const text = '{\n  "a": [\n    1,\n    2\n  ]\n}';
    expect(indented(text)).toBe(text);
  });

  test('a text that is cut off, or no JSON at all, loses nothing but space', () => {
    for (const text of ['{"a": [1, "b', 'hello world', '}}}', '{"a" 1 2']) {
      expect(indented(text).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }
  });

  test('keys, strings, numbers and words are told apart', () => {
    const kinds = indentJson('{"k": "s", "n": -1, "w": null, "x": NaN}').filter(({ kind }) => kind !== 'space');
    expect(kinds.filter(({ kind }) => kind !== 'mark').map(({ kind }) => kind)).toEqual([
      'key',
      'string',
      'key',
      'number',
      'key',
      'word',
      'key',
      'number',
    ]);
  });
});

test('the rows of a sample keep the spelling of their numbers', () => {
  expect(jsonRows('{"a": 20.0, "b": {"c": [1, {"d": "x\\n"}]}, "e": null}')).toEqual([
    { name: 'a', value: '20.0' },
    { name: 'b.c.0', value: '1' },
    { name: 'b.c.1.d', value: 'x\n' },
    { name: 'e', value: 'null' },
  ]);
});

test.each([
  [21.02, 'percent', '21.0 %'],
  [0.1588, 'percent', '0.16 %'],
  [0, 'percent', '0.0 %'],
  [96.44, 'cpu', '96.4 %'],
  [0.04, 'cpu', '0.0 %'],
  [20_208_947_200, 'bytes', '18.82 GiB'],
  [512, 'bytes', '512 B'],
  [90, 'other', '90'],
  [27_337, 'other', '27,337'],
  [null, 'percent', '– %'],
  [0.931, 'ratio', '93.1 %'],
  [0.0042, 'ratio', '0.42 %'],
  [200.4, 'milliseconds', '200.4 ms'],
  [0.25, 'milliseconds', '250 µs'],
  [0, 'milliseconds', '0 ms'],
  [42, 'seconds', '42 s'],
  [7_380, 'seconds', '2.05 h'],
  [-7_380, 'seconds', '-2.05 h'],
  [0.012, 'seconds', '12 ms'],
  [36, 'hours', '1.50 d'],
  [51.5, 'celsius', '51.50 °C'],
  [3.67e6, 'bytes-per-second', '3.50 MiB/s'],
  [0, 'bytes-per-second', '0 B/s'],
  [250, 'megabytes', '250 MB'],
  [3.2e9, 'hertz', '3.20 GHz'],
  [0.011, 'volts', '11 mV'],
  [143.25, 'watts', '143.3 W'],
] as const)('%s as %s is %s', (value, kind, text) => {
  expect(inWords(figure(value, kind))).toBe(text);
});

test.each([
  [1_928_388_228, '1.93B'],
  [0.5, '0.5'],
  [2.71999, '2.72'],
  [1234.56, '1,234.6'],
  [-0.000012, '-1.2E-5'],
])('%s is %s', (value, text) => expect(plain(value)).toBe(text));

test.each([
  [1.94, '1.9 ms'],
  [250.4, '250 ms'],
  [2_400, '2.40 s'],
])('%s ms is %s', (ms, text) => expect(duration(ms)).toBe(text));

test.each([
  [-3, '0 s ago'],
  [2_900, '2 s ago'],
  [70_000, '70 s ago'],
  [250_000, '4 min ago'],
  [7_200_000, '2 h ago'],
  [200_000_000, '2 d ago'],
])('%s ms is %s', (ms, text) => expect(age(ms)).toBe(text));

test('a time of day is told in its zone, and an unknown zone is UTC', () => {
  const noon = Date.UTC(2026, 10, 21, 12, 4, 31);
  expect(clock(noon, 'UTC')).toBe('12:04:31');
  expect(clock(noon, 'America/Sao_Paulo', 'minute')).toBe('09:04');
  expect(zoneOrUtc('Mars/Olympus')).toBe('UTC');
  expect(zoneOrUtc('Europe/Berlin')).toBe('Europe/Berlin');
});

const NOON = Date.UTC(2025, 10, 21, 12, 0, 0);

test.each([
  [Date.UTC(2025, 10, 21, 11, 46, 5), 'UTC', 'today 11:46:05'],
  [Date.UTC(2025, 10, 20, 18, 42, 7), 'UTC', '20 Nov 18:42'],
  [Date.UTC(2025, 10, 21, 2, 0, 0), 'America/Sao_Paulo', '20 Nov 23:00'],
  [Date.UTC(2024, 0, 3, 9, 0, 0), 'UTC', '3 Jan 2024'],
])('%d in %s is %j', (at, zone, text) => {
  expect(moment(at, NOON, zone)).toBe(text);
});

test('what was typed keeps every digit', () => {
  expect([decimal(86_400), decimal(0.0105)]).toEqual(['86400', '0.0105']);
  expect(formatFor('pt-BR').decimal(0.0105)).toBe('0,0105');
});

test.each([
  [59_000, '59 s'],
  [59 * 60_000 + 59_000, '59 min'],
  [4 * 3_600_000, '4 h'],
  [(4 * 60 + 45) * 60_000, '4 h 45 min'],
  [(2 * 24 + 3) * 3_600_000 + 59_000, '2 d 3 h'],
  [2 * 86_400_000 + 59 * 60_000, '2 d'],
])('%s ms are as long as %s', (ms, text) => expect(length(ms)).toBe(text));
