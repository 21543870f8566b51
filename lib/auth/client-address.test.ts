import { describe, expect, test } from 'vitest';
import { addressGroup, clientAddress, isTrustedProxy } from './client-address.ts';

const PROXY = '10.0.0.7';
const trusted = ['10.0.0.0/8', 'fd00::/8', '203.0.113.9', '[2001:db8::9]'];

const from = (remoteAddress: string | undefined, xForwardedFor?: string, proxies: readonly string[] = trusted) =>
  clientAddress({ remoteAddress, xForwardedFor, trusted: proxies });

describe('who asks', () => {
  test.each([
    ['nobody in between', '198.51.100.1', undefined, '198.51.100.1'],
    ['a stranger who makes up a header', '198.51.100.1', '127.0.0.1', '198.51.100.1'],
    ['behind a proxy', PROXY, '198.51.100.1', '198.51.100.1'],
    ['behind a proxy, who makes up hops before', PROXY, '127.0.0.1, 10.0.0.1, 198.51.100.1', '198.51.100.1'],
    ['behind two proxies', PROXY, '1.2.3.4, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['behind a single trusted address', '203.0.113.9', '198.51.100.1', '198.51.100.1'],
    ['the neighbour of a trusted address', '203.0.113.8', '198.51.100.1', '203.0.113.8'],
    ['a proxy itself', PROXY, undefined, PROXY],
    ['proxies only', PROXY, '10.0.0.1, 10.0.0.2', '10.0.0.1'],
    ['behind a proxy that cannot say', PROXY, 'unknown', PROXY],
    ['beyond a hop that is no address', PROXY, '198.51.100.1, , 10.0.0.2', '10.0.0.2'],
    ['an address in short or in hexadecimal', PROXY, '0x7f000001', PROXY],
    ['with a port', PROXY, '198.51.100.1:4711', '198.51.100.1'],
    ['IPv6 with brackets and a port', PROXY, '[2001:DB8::0:1]:4711', '2001:db8::1'],
    ['a trusted IPv6 proxy', '2001:db8::9', '2001:db8:1::1', '2001:db8:1::1'],
    ['IPv4 in IPv6', '::ffff:198.51.100.1', undefined, '198.51.100.1'],
    ['a proxy as IPv4 in IPv6', `::ffff:${PROXY}`, '198.51.100.1', '198.51.100.1'],
    ['a link-local address with its zone', 'fe80::1%eth0', undefined, 'fe80::1'],
    ['a connection that has gone', undefined, '198.51.100.1', 'unknown'],
  ])('%s', (_, remote, header, expected) => {
    expect(from(remote, header)).toBe(expected);
  });

  test('without trusted proxies no header counts, whoever sends it', () => {
    for (const remote of ['127.0.0.1', '::1', PROXY]) expect(from(remote, '198.51.100.1', [])).toBe(remote);
  });

  test('an IPv4 network may be written in IPv6', () => {
    expect(from(PROXY, '198.51.100.1', ['::ffff:10.0.0.0/104'])).toBe('198.51.100.1');
    expect(from('11.0.0.1', '198.51.100.1', ['::ffff:10.0.0.0/104'])).toBe('11.0.0.1');
  });
});

test('a proxy is known by its address alone', () => {
  expect(isTrustedProxy(PROXY, trusted)).toBe(true);
  expect(isTrustedProxy('198.51.100.1', trusted)).toBe(false);
  expect(isTrustedProxy(undefined, trusted)).toBe(false);
});

describe('what counts as one address', () => {
  test('each IPv4 address', () => {
    expect(addressGroup('198.51.100.1')).not.toBe(addressGroup('198.51.100.2'));
    expect(addressGroup('::ffff:198.51.100.1')).toBe(addressGroup('198.51.100.1'));
  });

  test('each IPv6 /64', () => {
    expect(addressGroup('2001:db8:0:1::1')).toBe(addressGroup('2001:db8:0:1:ffff:ffff:ffff:ffff'));
    expect(addressGroup('2001:db8:0:1::1')).not.toBe(addressGroup('2001:db8:0:2::1'));
  });

  test('all that is no address', () => {
    expect(addressGroup('a')).toBe(addressGroup('b'));
  });
});
