import { type RedisAddress, urlOf } from './redis-address.ts';

/** The `redis-cli` that reaches a Redis, for a person to copy; never with a user or password in it. */
export function redisCommand(address: RedisAddress): string {
  const url = urlOf(address);
  if (url.startsWith('unix://')) return `redis-cli -s ${url.slice('unix://'.length)}`;
  const { hostname, port, protocol, pathname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const parts = [
    'redis-cli',
    ...(isHere(host) ? [] : ['-h', host]),
    ...(port === '' || port === '6379' ? [] : ['-p', port]),
    ...(pathname.length > 1 ? ['-n', pathname.slice(1)] : []),
    ...(protocol === 'rediss:' ? ['--tls', ...filesOf(address)] : []),
  ];
  return parts.join(' ');
}

/** The same for a page that anybody may read: where a Redis elsewhere is, is nobody's business. */
export function publicRedisCommand(address: RedisAddress): string {
  const url = urlOf(address);
  if (url.startsWith('unix://')) return 'redis-cli';
  return isHere(new URL(url).hostname.replace(/^\[|\]$/g, '')) ? redisCommand({ url }) : 'redis-cli';
}

function filesOf({ tls }: RedisAddress): string[] {
  return Object.entries(tls ?? {}).flatMap(([kind, file]) =>
    file === undefined ? [] : [kind === 'ca' ? '--cacert' : `--${kind}`, file],
  );
}

function isHere(host: string): boolean {
  return ['127.0.0.1', 'localhost', '::1'].includes(host);
}
