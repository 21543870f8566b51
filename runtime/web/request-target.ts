/** A path that could be read as a host by somebody. */
const HOSTLIKE = /^\/[/\\]/;

/**
 * The address that a request asks for, or null for what is none here: whole URLs, `*`, two slashes to begin with, a % without
 * two digits. Dots and backslashes are resolved, so that the same address is decided about and answered.
 */
export function requestTarget(target: string | undefined): URL | null {
  if (target === undefined || !target.startsWith('/') || HOSTLIKE.test(target)) return null;
  const url = URL.parse(target, 'http://front.door');
  return url === null || HOSTLIKE.test(url.pathname) || !isDecodable(url.pathname) ? null : url;
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
