import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { RedisOptions } from 'ioredis';
import { ConfigError } from './config.ts';
import { messageOf } from './errors.ts';

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

/** What a URL alone does not tell the client. Throws a {@link ConfigError} for a file that cannot be used. */
export function connectionOptions(address: RedisAddress): RedisOptions {
  const url = urlOf(address);
  if (url.startsWith('unix://')) return { path: url.slice('unix://'.length) };
  return url.startsWith('rediss://') ? { tls: { secureContext: secureContext(address.tls ?? {}) } } : {};
}

function secureContext({ ca, cert, key }: NonNullable<RedisAddress['tls']>): SecureContext {
  const files = { ca: readPem('REDIS_CA', ca), cert: readPem('REDIS_CERT', cert), key: readPem('REDIS_KEY', key) };
  try {
    return createSecureContext(files);
  } catch (error) {
    throw new ConfigError([`REDIS_CERT and REDIS_KEY cannot be used together: ${messageOf(error)}`]);
  }
}

function readPem(setting: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError([`${setting} cannot be read: ${messageOf(error)}`]);
  }
  if (!text.includes('-----BEGIN ')) throw new ConfigError([`${setting} is ${file}, which holds nothing in PEM`]);
  return text;
}
