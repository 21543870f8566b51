export type BasicCredentials = { scheme: 'basic'; login: string; password: string };
type PresentedCredentials = BasicCredentials | { scheme: 'bearer'; token: string };

/**
 * What an `Authorization` header says: `Bearer` (RFC 6750, 2.1) or `Basic` in UTF-8 (RFC 7617). Null when it says neither.
 */
export function parseAuthorization(header: string): PresentedCredentials | null {
  const [, scheme = '', value = ''] = /^([A-Za-z]+) +([A-Za-z0-9._~+/-]+=*)$/.exec(header.trim()) ?? [];
  if (scheme.toLowerCase() === 'bearer') return { scheme: 'bearer', token: value };
  if (scheme.toLowerCase() !== 'basic') return null;
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return null;
  return { scheme: 'basic', login: text.slice(0, colon), password: text.slice(colon + 1) };
}
