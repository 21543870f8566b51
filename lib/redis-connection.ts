import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { RedisOptions } from 'ioredis';
import { ConfigError } from './config.ts';
import { messageOf } from './errors.ts';
import { type RedisAddress, urlOf } from './redis-address.ts';

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
