import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Addresses and networks, as `TRUSTED_PROXIES` lists them. */
type TrustedProxies = readonly string[];

type Hops = {
  /** The other end of the connection; undefined when it has gone already. */
  remoteAddress: string | undefined;
  /** The header, several of them joined by commas, as `node:http` gives it. */
  xForwardedFor: string | undefined;
  trusted: TrustedProxies;
};

/** Stands in for an address that nobody knows any more. */
const UNKNOWN = 'unknown';

/**
 * Who asks: the rightmost hop that is no proxy of ours. Each proxy appends whom it heard it from, so what stands to the left
 * of the first stranger was written by that stranger. Without trusted proxies the header does not count at all.
 */
export function clientAddress({ remoteAddress = '', xForwardedFor = '', trusted }: Hops): string {
  let client = parse(remoteAddress);
  if (client === null) return UNKNOWN;
  for (const hop of xForwardedFor.split(',').reverse()) {
    if (!isAmong(client, trusted)) break;
    const before = parse(hop);
    if (before === null) break;
    client = before;
  }
  return client.toString();
}

/** Whether what this end of a connection says about the client, such as `X-Forwarded-Proto`, counts. */
export function isTrustedProxy(remoteAddress: string | undefined, trusted: TrustedProxies): boolean {
  const address = parse(remoteAddress ?? '');
  return address !== null && isAmong(address, trusted);
}

/**
 * What counts as one address where failures are counted: an IPv6 customer has at least a /64 (RFC 6177), so any of its
 * 2⁶⁴ addresses is the same one.
 */
export function addressGroup(address: string): string {
  const parsed = parse(address);
  if (parsed === null) return UNKNOWN;
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/64`)}/64`;
}

/** IPv4 in IPv6 is IPv4; without a port, brackets and the zone of a link-local address. */
function parse(text: string): Address | null {
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '');
  // Not what ipaddr.js also reads: `10.1` and `0x7f000001` are no addresses here.
  if (!bare.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(bare)) return null;
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

function isAmong(address: Address, trusted: TrustedProxies): boolean {
  return trusted.some((item) => {
    const [base = '', bits] = item.split('/');
    const network = parse(base);
    if (network === null || network.kind() !== address.kind()) return false;
    if (bits === undefined) return address.toString() === network.toString();
    const isMapped = network.kind() === 'ipv4' && base.includes(':');
    return address.match(network, Number(bits) - (isMapped ? 96 : 0));
  });
}
