import { expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { done, json, ok } from './media.ts';

const answer = ok('Something.', z.object({ text: z.string() }));
const read = {
  id: 'read',
  section: 'Program',
  method: 'GET',
  path: '/thing',
  summary: 'Read it.',
  access: 'public',
  answer,
  example: {},
  handle: async () => ({ body: { text: '' } }),
} as const;
const write = {
  ...read,
  method: 'POST',
  answer: done('Done.'),
  handle: async () => ({ body: null, audit: null }),
} as const;

test('an endpoint without its schema, its access rule or its example does not compile', () => {
  const { access: _access, ...noAccess } = read;
  const { answer: _answer, ...noAnswer } = read;
  const { example: _example, ...noExample } = read;
  endpoint(read);
  endpoint(write);
  // @ts-expect-error: who may call it?
  endpoint(noAccess);
  // @ts-expect-error: what does it answer?
  expect(() => endpoint(noAnswer)).not.toThrow();
  // @ts-expect-error: how is it called?
  endpoint(noExample);
  // @ts-expect-error: with which body is it called?
  endpoint({ ...write, body: json(z.strictObject({ text: z.string() })) });
  // @ts-expect-error: that is not what it says that it answers.
  endpoint({ ...read, handle: async () => ({ body: { number: 1 } }) });
  // @ts-expect-error: what does it change, for the audit?
  endpoint({ ...write, handle: async () => ({ body: null }) });
  // @ts-expect-error: no schema says what a colour in a path is.
  expect(() => endpoint({ ...read, path: '/things/{colour}' })).toThrow();
});
