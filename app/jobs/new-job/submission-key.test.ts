import { expect, test } from 'vitest';
import { NO_ANSWER } from '../../forms/refusal.ts';
import { submissionKey } from './submission-key.ts';

const BODY = { code: 'print(1)' };
const refused = (status: number) => ({ ok: false, refusal: { ...NO_ANSWER, status } }) as const;

test.each([0, 500, 503])('after %d the same body is the same submission, another one is not', (status) => {
  const keys = submissionKey();
  const first = keys.of(BODY);
  keys.answered(refused(status));
  expect(keys.of(BODY)).toBe(first);
  expect(keys.of({ code: 'print(2)' })).not.toBe(first);
});

test('after an answer the same body is another job', () => {
  const keys = submissionKey();
  const first = keys.of(BODY);
  keys.answered({ ok: true, data: null, etag: null });
  const second = keys.of(BODY);
  keys.answered(refused(429));
  expect(new Set([first, second, keys.of(BODY)]).size).toBe(3);
});
