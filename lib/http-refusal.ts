import type { ErrorCode, VigiaError } from './errors.ts';

/** The one place where a code becomes a status. */
export const STATUS = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  exists: 409,
  in_use: 409,
  ended: 409,
  conflict: 412,
  invalid: 422,
  limited: 429,
  unavailable: 503,
  busy: 503,
} as const satisfies Record<ErrorCode, number>;

const RETRY_AFTER_SECONDS = 2;

/** Every 401 names a scheme (RFC 9110, 11.6.1). Not Basic: a browser would ask for it, and then send it by itself. */
const CHALLENGE = 'Bearer realm="Vigia"';

export type RefusalStatus = (typeof STATUS)[ErrorCode];

/** What a verb's refusal is over HTTP: the front door and the pages' server answer alike. */
export function httpRefusal(error: VigiaError): { status: RefusalStatus; headers: Record<string, string> } {
  const status = STATUS[error.code];
  const retryAfter = error.retryAfterSeconds ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined);
  return {
    status,
    headers: {
      ...(retryAfter === undefined ? {} : { 'Retry-After': `${retryAfter}` }),
      ...(status === 401 ? { 'WWW-Authenticate': CHALLENGE } : {}),
    },
  };
}
