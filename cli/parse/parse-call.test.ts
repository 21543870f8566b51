import { expect, test } from 'vitest';
import * as z from 'zod';
import { command } from '../command.ts';
import { digits, flag, maybeWord, value, values, word, words } from '../params.ts';
import { findCommand } from './find-command.ts';
import { parseCall, parseParams } from './parse-call.ts';

const nothing = async () => undefined;
const copy = command({
  name: 'files copy',
  summary: 'Copy.',
  words: { from: word('FROM', 'From.', z.string()), to: maybeWord('TO', 'To.', z.string()) },
  options: {
    times: value('N', 'Times.', digits(z.int().min(1, 'must be positive')), { short: 'n' }),
    as: value('KIND', 'Kind.', z.enum(['link', 'file'])),
    tag: values('TAG', 'Tag.', z.string()),
    dry: flag('Dry.'),
  },
  shows: true,
  examples: [],
  run: nothing,
});
const remove = command({
  name: 'files remove',
  summary: 'Remove.',
  words: { names: words('NAME', 'Names.', z.string()) },
  examples: [],
  run: nothing,
});
const commands = [copy, remove];

function parsed(...argv: string[]) {
  const { typed, globals } = parseCall(copy, ['files', 'copy', ...argv]);
  return { words: parseParams(copy.words, typed.words), options: parseParams(copy.options, typed.options), globals };
}

test('words and options are found wherever they stand', () => {
  const { words, options, globals } = parsed('-n', '3', 'a', '--tag', 'x', '-o', 'yaml', 'b', '--tag=y', '--dry');
  expect(words).toEqual({ from: 'a', to: 'b' });
  expect(options).toEqual({ times: 3, as: undefined, tag: ['x', 'y'], dry: true });
  expect(globals).toMatchObject({ output: 'yaml', raw: false });
  expect(parsed('-').words).toEqual({ from: '-', to: undefined });
  expect(parsed('--', '--odd').words).toEqual({ from: '--odd', to: undefined });
});

test.each([
  [[], 'FROM is missing'],
  [['a', 'b', 'c'], 'There is a word too many: c'],
  [['a', '--times', 'x'], '--times must be a whole number'],
  [['a', '-n', '0'], '--times must be positive'],
  [['a', '--as', 'copy'], '--as must be one of link, file'],
  [['a', '--times'], "Option '-n, --times <value>' argument missing"],
  [['a', '--colour'], "Unknown option '--colour'"],
  [['a', '--dry=yes'], "Option '--dry' does not take an argument"],
])('%j: %s', (argv, message) => {
  expect(() => parsed(...argv)).toThrow(message);
});

test('a command is found by its words, with options before and among them', () => {
  const found = (...argv: string[]) => findCommand(commands, argv);
  expect(found('--server', 'http://x', 'files', 'copy', 'a')).toMatchObject({ kind: 'command', command: copy });
  expect(found('files', '-v', 'remove', 'a')).toMatchObject({ kind: 'command', command: remove });
  expect(found()).toMatchObject({ kind: 'group', name: '', unknown: undefined });
  expect(found('files')).toMatchObject({ kind: 'group', name: 'files', unknown: undefined });
  expect(found('files', 'move')).toMatchObject({ kind: 'group', name: 'files', unknown: 'move' });
  expect(found('file')).toMatchObject({ kind: 'group', name: '', unknown: 'file' });
});

test('the last words may be several, and at least one', () => {
  const names = (...argv: string[]) =>
    parseParams(remove.words, parseCall(remove, ['files', 'remove', ...argv]).typed.words);
  expect(names('a', 'b')).toEqual({ names: ['a', 'b'] });
  expect(() => names()).toThrow('NAME is missing');
});
