import { expect, test } from 'vitest';
import { readEvents } from './event-stream.ts';

const TEXT =
  'retry: 1000\n\n:\n\nid: 1-0\nevent: output\ndata: {"a":1}\n\ndata: one\r\ndata: two\r\n\r\nevent: empty\n\nid: 2\ndata: half';

test.each([1, 3, 7, TEXT.length])('whole events come, however the text is cut: by %i', async (size) => {
  async function* chunks() {
    for (let at = 0; at < TEXT.length; at += size) yield TEXT.slice(at, at + size);
  }
  expect(await Array.fromAsync(readEvents(chunks()))).toEqual([
    { id: '1-0', event: 'output', data: '{"a":1}' },
    { id: undefined, event: 'message', data: 'one\ntwo' },
  ]);
});
