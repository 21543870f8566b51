import { lifetimes } from '#lib/keys';

/** With the prefix a browser takes it over https only, and from this host only (RFC 6265bis, 4.1.3.2). */
const nameFor = (isSecure: boolean) => (isSecure ? '__Host-vigia' : 'vigia');

/** The secret in a `Cookie` header. */
export function readSessionCookie(header: string, isSecure: boolean): string | undefined {
  const prefix = `${nameFor(isSecure)}=`;
  const pair = header.split(';').find((each) => each.trim().startsWith(prefix));
  return pair?.trim().slice(prefix.length);
}

/**
 * The `Set-Cookie` that keeps a session's secret, or with null removes it. Lax and not Strict, so that a link from
 * elsewhere opens the page signed in; writes are protected by their `Origin`.
 */
export function writeSessionCookie(secret: string | null, isSecure: boolean): string {
  const maxAge = secret === null ? 0 : lifetimes.session / 1_000;
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${isSecure ? '; Secure' : ''}`;
  return `${nameFor(isSecure)}=${secret ?? ''}; ${attributes}`;
}
