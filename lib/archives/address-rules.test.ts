import { describe, expect, test } from 'vitest';
import { addressRule, parseAllowance } from './address-rules.ts';
import { METADATA_ADDRESSES } from './metadata-addresses.ts';

const nothing = parseAllowance([]);

test.each([
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'carrierGradeNat'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['169.254.1.1', 'linkLocal'],
  ['192.0.0.1', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::7f00:1', 'reserved'],
  ['fe80::1', 'linkLocal'],
  ['fe80::1%eth0', 'linkLocal'],
  ['fd00::1', 'uniqueLocal'],
  ['fec0::1', 'deprecatedSiteLocal'],
  ['ff02::1', 'multicast'],
  ['2001:db8::1', 'reserved'],
  ['4000::1', 'reserved'],
  // IPv4 in other dresses: mapped, translated, 6to4, NAT64 (RFC 6052 and 8215), Teredo.
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:a9fe:101', 'linkLocal'],
  ['::ffff:0:a9fe:a9fe', 'rfc6145'],
  ['2002:a9fe:a9fe::1', '6to4'],
  ['64:ff9b::a9fe:101', 'linkLocal'],
  ['64:ff9b::10.0.0.1', 'private'],
  ['64:ff9b:1::a9fe:a9fe', 'rfc6052'],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'teredo'],
])('%s is refused as %s', (address, range) => {
  expect(addressRule(address, 'example.org', nothing)).toContain(`is not a public address (${range})`);
});

const services = Object.keys(METADATA_ADDRESSES);

test.each([...services, 'fe80::a9fe:a9fe%eth0', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', '::ffff:168.63.129.16'])(
  '%s is refused as a cloud’s metadata service',
  (address) => {
    expect(addressRule(address, 'example.org', nothing)).toContain("is a cloud's metadata service");
  },
);

test.each(['93.184.215.14', '1.1.1.1', '2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::1.1.1.1'])(
  '%s is public',
  (address) => {
    expect(addressRule(address, 'example.org', nothing)).toBeNull();
  },
);

test('what is no address is refused', () => {
  expect(addressRule('localhost', 'localhost', nothing)).toBe('localhost is not an address');
});

describe('FUNCTION_ZIP_ALLOW', () => {
  test.each([
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', true],
    ['10.0.0.0/8', '192.168.1.1', false],
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['127.0.0.1', '::ffff:127.0.0.1', true],
    ['[::1]', '::1', true],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', '10.0.0.1', false],
    ['169.254.169.254', '169.254.169.254', true],
    ['files.internal', '10.0.0.1', true],
    ['Files.Internal.', 'fd00::1', true],
    ['files.internal', '127.0.0.1', true],
    ['files.internal', '169.254.169.254', false],
    ['files.internal', '0.0.0.0', false],
    ['internal', '10.0.0.1', false],
  ])('%s lets files.internal be at %s: %s', (item, address, isAllowed) => {
    expect(addressRule(address, 'files.internal', parseAllowance([item])) === null).toBe(isAllowed);
  });

  test.each(services)(
    'lets %s be asked where it stands there itself, and by nothing else that it is part of',
    (address) => {
      const judged = (item: string) => addressRule(address, 'files.internal', parseAllowance([item]));
      expect(judged(address)).toBeNull();
      for (const item of ['files.internal', `${address}/8`, '0.0.0.0/0', '::/0']) expect(judged(item)).not.toBeNull();
    },
  );
});
