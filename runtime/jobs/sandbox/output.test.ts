import { expect, test } from 'vitest';
import { Output } from './output.ts';

test('characters that are cut into chunks are whole, also while the other stream comes between', () => {
  const output = new Output(1_000, undefined);
  const euro = Buffer.from('€');
  output.write('stdout', euro.subarray(0, 1));
  output.write('stderr', Buffer.from('!'));
  output.write('stdout', euro.subarray(1));
  output.end();
  expect(output.pieces.map(({ stream, text }) => [stream, text])).toEqual([
    ['stderr', '!'],
    ['stdout', '€'],
  ]);
});

test('bytes that are no UTF-8 are replaced', () => {
  const output = new Output(1_000, undefined);
  output.write('stdout', Buffer.from([0x61, 0xff, 0x62, 0xe2, 0x82]));
  output.end();
  expect(output.text('stdout')).toBe('a\ufffdb\ufffd');
});

test('both streams share one limit, counted in what is kept, and no character is cut', () => {
  const seen: string[] = [];
  const output = new Output(10, (_stream, text) => seen.push(text));
  output.write('stdout', Buffer.from([0xff, 0xff]));
  expect(output.truncated).toBe(false);
  output.write('stderr', Buffer.from('ab€€'));
  output.write('stdout', Buffer.from('more'));
  output.end();
  expect(output.truncated).toBe(true);
  expect(seen.join('')).toBe('\ufffd\ufffdab');
});

test('output of exactly the limit is not truncated', () => {
  const output = new Output(4, undefined);
  output.write('stdout', Buffer.from('abcd'));
  output.end();
  expect(output).toMatchObject({ truncated: false });
  expect(output.text('stdout')).toBe('abcd');
});

test('two streams that take turns without end do not become pieces without end, and lose nothing', () => {
  const output = new Output(1_000_000, undefined);
  for (let turn = 0; turn < 50_000; turn++) output.write(turn % 2 === 0 ? 'stdout' : 'stderr', Buffer.from('x'));
  expect(output.pieces.length).toBeLessThan(20_000);
  expect(output.text('stdout').length + output.text('stderr').length).toBe(50_000);
});
