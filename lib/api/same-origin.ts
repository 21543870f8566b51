import type { RequestFacts } from '#lib/auth/request-facts';
import { VigiaError } from '#lib/errors';

/**
 * A browser sends its cookie whoever made it ask, and says in `Origin` who that was (OWASP: verifying origin with standard
 * headers). So a change needs the origin that it was sent to; only who holds no cookie may leave it out, as curl does. The
 * scheme is not compared: a proxy that nobody has declared hides that the browser spoke https.
 */
export function requireSameOrigin(
  request: { headers: Pick<Headers, 'get'> },
  { host, sessionSecret }: RequestFacts,
): void {
  const origin = request.headers.get('origin');
  if (origin === null && sessionSecret === undefined) return;
  if (origin === null || URL.parse(origin)?.host !== host.toLowerCase()) {
    throw new VigiaError('forbidden', 'This change was asked for by a page of another site');
  }
}
