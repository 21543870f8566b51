import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page is wanted where there is also JSON: by a person's browser, which names `text/html` (RFC 9110, 12.5.1), or by
 * Next's own scripts, which fetch parts of pages without naming it.
 */
export function asksForPage({ accept = '', rsc }: IncomingHttpHeaders): boolean {
  if (rsc !== undefined) return true;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return type === 'text/html' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
