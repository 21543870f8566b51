import { expect, test } from 'vitest';
import { encodeFrame, FrameReader } from './frames.ts';

const sent = [
  { type: 3, resident: 1, payload: '{"a": 20.0}' },
  { type: 12, resident: 0, payload: '' },
  { type: 255, resident: 4_000_000_000, payload: 'é'.repeat(70_000) },
];
const bytes = Buffer.concat(sent.map(({ type, resident, payload }) => encodeFrame(type, resident, payload)));

test.each([1, 2, 4, 9, 11, 1000, bytes.length])('frames survive a stream cut into pieces of %i bytes', (size) => {
  const reader = new FrameReader();
  const received = [];
  for (let at = 0; at < bytes.length; at += size) received.push(...reader.push(bytes.subarray(at, at + size)));
  expect(received.map((frame) => ({ ...frame, payload: frame.payload.toString() }))).toEqual(sent);
});

test.each(['ffffffff', '00000004'])('a length that no frame has is refused: %s', (length) => {
  expect(() => new FrameReader().push(Buffer.from(`${length}0000000000`, 'hex'))).toThrow(/not one of ours/);
});
