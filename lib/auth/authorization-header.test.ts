import { expect, test } from 'vitest';
import { parseAuthorization } from './authorization-header.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test.each([
  // The examples of RFC 7617 and RFC 6750.
  ['Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==', { scheme: 'basic', login: 'Aladdin', password: 'open sesame' }],
  ['Basic dGVzdDoxMjPCow==', { scheme: 'basic', login: 'test', password: '123£' }],
  ['Bearer mF_9.B5f-4.1JqM', { scheme: 'bearer', token: 'mF_9.B5f-4.1JqM' }],
  ['bearer vig_x', { scheme: 'bearer', token: 'vig_x' }],
  ['BASIC   MDph', { scheme: 'basic', login: '0', password: 'a' }],
  [basic('me:a:b:c'), { scheme: 'basic', login: 'me', password: 'a:b:c' }],
  [basic(':vig_x'), { scheme: 'basic', login: '', password: 'vig_x' }],
])('%s', (header, credentials) => {
  expect(parseAuthorization(header)).toEqual(credentials);
});

test.each(['', 'Bearer', 'Bearer ', 'Bearer a b', 'Basic !!!!', 'Digest username="Mufasa"', basic('no colon')])(
  '%s is nobody',
  (header) => {
    expect(parseAuthorization(header)).toBeNull();
  },
);
