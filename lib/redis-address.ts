/** What a role that is started alone talks to when nobody says otherwise. */
const DEFAULT_URL = 'redis://127.0.0.1:6379';

/** Where Redis is, as the configuration has it. */
export type RedisAddress = {
  readonly url?: string | undefined;
  /** Files for a connection with TLS: whom to believe, and who we are. */
  readonly tls?: {
    readonly ca?: string | undefined;
    readonly cert?: string | undefined;
    readonly key?: string | undefined;
  };
};

export const urlOf = ({ url = DEFAULT_URL }: RedisAddress): string => url;

/** Host and port as a function's context shows them. */
export function hostAndPort(address: RedisAddress): { host: string; port: number } {
  const url = urlOf(address);
  if (url.startsWith('unix://')) return { host: url.slice('unix://'.length), port: 0 };
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 6379 : Number(port) };
}

/** The same for people; never with a user or password in it. */
export function placeOf(address: RedisAddress): string {
  const { host, port } = hostAndPort(address);
  return port === 0 ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
