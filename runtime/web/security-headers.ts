import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isTrustedProxy } from '#lib/auth/client-address';
import type { Config } from '#lib/config';
import { contentSecurityPolicy, NONCE_HEADER } from '#lib/content-security-policy';

/** For every answer, whoever gives it. */
const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Says how a document behaves; a script or a style has no say in that. */
const OF_DOCUMENTS = {
  // Not `no-referrer`: a browser would then send `Origin: null` with a form, and be refused.
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/**
 * Scripts and styles that the build has made: a first visit loads a dozen, and would carry the policy as often. No dots
 * between slashes, nothing escaped and no query, so that no other spelling of a page's address passes for one.
 */
const BUILT = /^\/_next\/static\/(?:[\w~-]+\/)*[\w.~-]+\.(?:js|css)$/;

/** A year, for this host alone: what else there is under its domain is not ours to decide about. */
const HSTS = 'max-age=31536000';

/**
 * Gives a request its nonce, on the request for Next, which puts it on its scripts, and on the answer for the browser. A
 * policy that came with the request would be taken for ours, so it is overwritten.
 */
export function setSecurityHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  { config, dev }: { config: Config; dev: boolean },
): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, dev);
  request.headers['content-security-policy'] = policy;
  request.headers[NONCE_HEADER] = nonce;
  const isDocument = !BUILT.test(request.url ?? '');
  const headers = { ...ALWAYS, ...(isDocument ? { ...OF_DOCUMENTS, 'Content-Security-Policy': policy } : {}) };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (isSecure(request, config)) response.setHeader('Strict-Transport-Security', HSTS);
}

function isSecure({ socket, headers }: IncomingMessage, { accounts }: Config): boolean {
  return isTrustedProxy(socket.remoteAddress, accounts.trustedProxies) && headers['x-forwarded-proto'] === 'https';
}
