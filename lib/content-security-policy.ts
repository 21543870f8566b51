/** Request header by which the front door tells the pages the nonce of this request's policy. */
export const NONCE_HEADER = 'x-nonce';

/**
 * What a page of ours may load and run (CSP level 3): scripts that carry the nonce, and what those load; nothing from
 * elsewhere. Style elements need it too. Style attributes do not: the curves and bands of a page that is read without
 * JavaScript are placed by them, they can run nothing, and there is nowhere that they could load something from.
 */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  const directives = {
    'default-src': "'none'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    // Next's overlay for errors in development has styles without a nonce.
    'style-src': dev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}
