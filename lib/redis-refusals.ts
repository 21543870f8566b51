import { placeOf, type RedisAddress } from './redis-address.ts';

/** What OpenSSL and Node say of a certificate that they do not believe. */
const UNTRUSTED = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
/** The server's answer is none of TLS. */
const NO_TLS = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO']);
/** It wants to know who we are, or does not believe it. */
const WANTS_CERTIFICATE = /^ERR_SSL_TLSV1[3]?_ALERT_(CERTIFICATE_REQUIRED|UNKNOWN_CA)$|ALERT_BAD_CERTIFICATE$/;
const WANTS_PASSWORD = /^(NOAUTH|WRONGPASS|ERR AUTH|ERR invalid password)/;

/**
 * Why no connection can come about as this is configured, in a sentence; null for a Redis that is away, or not ready yet, which
 * is worth waiting for.
 */
export function refusalOf(error: Error, address: RedisAddress): string | null {
  const place = `Redis at ${placeOf(address)}`;
  const code = 'code' in error ? String(error.code) : '';
  if (error.message.startsWith('NOAUTH')) return `${place} wants a password, and REDIS_URL has none`;
  if (WANTS_PASSWORD.test(error.message)) return `${place} refuses the user or password of REDIS_URL`;
  if (UNTRUSTED.has(code)) return `the certificate of ${place} is not trusted (${error.message}); ${cure(code)}`;
  if (NO_TLS.has(code)) return `${place} does not speak TLS: REDIS_URL begins with rediss://`;
  if (WANTS_CERTIFICATE.test(code)) return `${place} wants a certificate of its clients: REDIS_CERT and REDIS_KEY`;
  return null;
}

function cure(code: string): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'REDIS_URL must have a name that is in it';
  return code === 'CERT_HAS_EXPIRED' ? 'it needs a new one' : 'REDIS_CA names the file of the authority to trust';
}
