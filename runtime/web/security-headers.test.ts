import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { loadConfig } from '#lib/config';
import { setSecurityHeaders } from './security-headers.ts';

const config = loadConfig({});

function headersFor(url: string) {
  const request = new IncomingMessage(new Socket());
  request.url = url;
  const response = new ServerResponse(request);
  setSecurityHeaders(request, response, { config, dev: false });
  return response.getHeaders();
}

const DOCUMENT = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
];

test.each(['/_next/static/chunks/0c419-v-jv637.js', '/_next/static/chunks/app/a~b_c.css'])(
  '%s carries no policy, which nothing would read',
  (url) => {
    expect(Object.keys(headersFor(url)).sort()).toEqual(['cross-origin-resource-policy', 'x-content-type-options']);
  },
);

test.each([
  '/',
  '/logo.svg',
  '/api/v1/session',
  '/_next/static/',
  '/_next/static/chunks/page.html',
  '/_next/static/../../admin/x.js',
  '/_next/static/..%2f..%2fadmin%2fx.js',
  '/_next/static/..\\..\\admin\\x.js',
  '/_next/static//admin.js',
  '/_next/static/a.js?next=/admin',
  '/_next/static/a.js/admin',
  '/admin?/_next/static/a.js',
])('%s carries all of them', (url) => {
  expect(Object.keys(headersFor(url)).sort()).toEqual(DOCUMENT);
});
