import { randomUUID } from 'node:crypto';
import type { Config } from '#lib/config';
import { clientAddress, isTrustedProxy } from './client-address.ts';
import { readSessionCookie } from './session-cookie.ts';

/**
 * Headers that the front door sets itself, over whatever came under these names: only it knows the other end of a
 * connection. Pages and the API read them from there.
 */
export const stampedHeaders = { remote: 'x-vigia-remote', requestId: 'x-request-id' } as const;

/** What a request says of where it comes from and who sends it; nothing of it is proven yet. */
export type RequestFacts = {
  /** Stands in every log line and in the answer. */
  requestId: string;
  address: string;
  /** Whether the client spoke https, to us or to a trusted proxy. */
  isSecure: boolean;
  /** The host that the client asked for, with the port. */
  host: string;
  userAgent: string;
  sessionSecret: string | undefined;
  authorization: string | undefined;
};

/** Who a request that is under way turned out to be of, for the line that the front door logs of it. */
export type AskerNote = { uid: number | null };

/** Where a request comes from, as the audit names it. */
export type RequestOrigin = Pick<RequestFacts, 'address' | 'requestId'>;

/** `header` gives the value of a header by its name in lower case. */
export function requestFacts(config: Config, header: (name: string) => string | null | undefined): RequestFacts {
  const { trustedProxies: trusted } = config.accounts;
  const said = (name: string) => header(name) ?? undefined;
  const remoteAddress = said(stampedHeaders.remote);
  const isProxied = isTrustedProxy(remoteAddress, trusted);
  const isSecure = isProxied && said('x-forwarded-proto') === 'https';
  return {
    requestId: requestId(said(stampedHeaders.requestId)),
    address: clientAddress({ remoteAddress, xForwardedFor: said('x-forwarded-for'), trusted }),
    isSecure,
    host: (isProxied ? said('x-forwarded-host') : undefined) ?? said('host') ?? '',
    userAgent: said('user-agent') ?? '',
    sessionSecret: readSessionCookie(said('cookie') ?? '', isSecure),
    authorization: said('authorization'),
  };
}

/** The one that a client or a proxy gave, when it is one that a log can hold; otherwise a new one. */
export function requestId(given: string | undefined): string {
  return given !== undefined && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : randomUUID();
}
