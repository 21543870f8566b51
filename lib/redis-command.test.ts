import { expect, test } from 'vitest';
import { publicRedisCommand, redisCommand } from './redis-command.ts';

test.each([
  ['redis://127.0.0.1:6379', 'redis-cli', 'redis-cli'],
  ['redis://127.0.0.1:7000', 'redis-cli -p 7000', 'redis-cli -p 7000'],
  ['redis://localhost/3', 'redis-cli -n 3', 'redis-cli -n 3'],
  ['redis://:secret@redis.internal:6380', 'redis-cli -h redis.internal -p 6380', 'redis-cli'],
  ['rediss://user:secret@10.0.0.1:6379', 'redis-cli -h 10.0.0.1 --tls', 'redis-cli'],
  ['redis://[fd00::1]:6379', 'redis-cli -h fd00::1', 'redis-cli'],
  ['unix:///run/redis.sock', 'redis-cli -s /run/redis.sock', 'redis-cli'],
])('%s is reached by %s, and a page says %s', (url, command, onPage) => {
  expect(redisCommand({ url })).toBe(command);
  expect(publicRedisCommand({ url })).toBe(onPage);
});

test('whom a Redis with TLS is to believe and who we are goes along, but not on a page', () => {
  const address = { url: 'rediss://localhost', tls: { ca: '/etc/ca.pem', cert: '/etc/us.pem', key: '/etc/us.key' } };
  expect(redisCommand(address)).toBe('redis-cli --tls --cacert /etc/ca.pem --cert /etc/us.pem --key /etc/us.key');
  expect(publicRedisCommand(address)).toBe('redis-cli --tls');
});
