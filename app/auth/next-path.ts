const HERE = 'http://here.invalid';

/** Where to sign in, and then come back from. */
export function signInPath(path: string): string {
  return path === '/' ? '/signin' : `/signin?next=${encodeURIComponent(path)}`;
}

/** A page of ours that `?next=` asks for; anything else is the start page, so that no link can lead through us elsewhere. */
export function pathAfterSignIn(next: string | readonly string[] | undefined): string {
  // Resolved as a browser does it: tabs and newlines are dropped, and a backslash is a slash.
  const url = typeof next === 'string' && next.startsWith('/') ? URL.parse(next, HERE) : null;
  if (url === null || url.origin !== HERE) return '/';
  const path = url.pathname + url.search + url.hash;
  return path.startsWith('//') || url.pathname === '/signin' ? '/' : path;
}
